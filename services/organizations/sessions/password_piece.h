/* SPDX-License-Identifier: Apache-2.0 */
/* What passwords are made of that are tried first: words, years and dates, walks over the keyboard, repetitions. Made
 * by rule, not a copied list: words x years x walks x what is stuck on are far more than any list has. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_SESSIONS_PASSWORD_PIECE_H
#define LIANGXIN_ORGANIZATIONS_SESSIONS_PASSWORD_PIECE_H

#include "base/slice.h"

/* Bytes of the longest such piece that the text begins with; 0: none. Letters in either case, and the usual signs in
 * their place (p@ssw0rd). */
size_t password_piece(struct slice text);
/* Bytes of the text that no piece covers. */
size_t password_rest(struct slice text);

#endif
