/* SPDX-License-Identifier: Apache-2.0 */
/* Passwords as they are judged and hashed: in Unicode's form NFC, for keyboards and systems write the same character in
 * different ways (é as one code point or as two). Any thread. */
#ifndef LIANGXIN_ORGANIZATIONS_SESSIONS_PASSWORD_TEXT_H
#define LIANGXIN_ORGANIZATIONS_SESSIONS_PASSWORD_TEXT_H

#include "base/arena.h"
#include "io/seal.h"

/* In `arena`; to be wiped after use. What is no UTF-8 comes back as it is. */
struct slice password_text(struct arena *arena, const char *typed);

/* Forgets it. */
static inline void
password_text_wipe(struct slice text)
{
    seal_wipe((void *)(uintptr_t)text.data, text.size);
}

#endif
