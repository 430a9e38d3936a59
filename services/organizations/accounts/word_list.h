/* SPDX-License-Identifier: Apache-2.0 */
/* A blank-separated list, as string_agg gives it, as words. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_ACCOUNTS_WORD_LIST_H
#define LIANGXIN_ORGANIZATIONS_ACCOUNTS_WORD_LIST_H

#include "base/arena.h"

/* How many; the words live in `arena`. `list` may be NULL. */
size_t word_list_split(struct arena *arena, const char *list, const char *const **ret_words);

#endif
