/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: the check code (校验码) printed on a letter: 60 random bits in Crockford's base32 (no I, L, O, U) and a check
 * character (Luhn modulo 32), so that a slip of the pen is seen. Pure. */
#ifndef LIANGXIN_TRANSFERS_CHECK_CODE_H
#define LIANGXIN_TRANSFERS_CHECK_CODE_H

#include <stdbool.h>
#include <stdint.h>

#define CHECK_CODE_RANDOM 8  /* bytes that a code is made from; 4 bits of them are left over */
#define CHECK_CODE_SIZE   14 /* 13 characters and NUL, as it is stored */
#define CHECK_CODE_SHOWN  17 /* with its hyphens: 7K3M-9QRT-2XWB-5 */

void check_code_make(const uint8_t random[CHECK_CODE_RANDOM], char ret_code[CHECK_CODE_SIZE]);
void check_code_format(const char *code, char ret_shown[CHECK_CODE_SHOWN]);
/* Reads what people type. False when it cannot be a code; `ret_code` is a text of the same size all the same, so that
 * whoever looks it up takes as long. */
bool check_code_read(const char *text, char ret_code[CHECK_CODE_SIZE]);

#endif
