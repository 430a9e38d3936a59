/* SPDX-License-Identifier: Apache-2.0 */
/* Ledgers come as UTF-8, with or without a byte order mark, or as GB18030, which is what a spreadsheet in China writes.
 * Which one is said by the header row, whose words are known; bytes that are neither are an error of their row. */
#ifndef LIANGXIN_ORGANIZATIONS_TABLES_ENCODING_H
#define LIANGXIN_ORGANIZATIONS_TABLES_ENCODING_H

#include "base/arena.h"
#include "base/slice.h"

enum encoding { ENCODING_UTF8, ENCODING_GB18030 };

struct decoder;

/* Closed with the arena. */
struct decoder *decoder_open(struct arena *arena, enum encoding encoding);
/* The bytes as UTF-8, in `arena` where they had to change; false when they are not of the decoder's encoding. */
bool decoder_read(struct decoder *decoder, struct slice bytes, struct slice *ret_text);
/* The text without a byte order mark in front. */
struct slice encoding_skip_mark(struct slice text);

#endif
