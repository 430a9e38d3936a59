/* SPDX-License-Identifier: Apache-2.0 */
/* 统一社会信用代码 (unified social credit code, GB 32100): 18 characters without I, O, S, V, Z, the last a check
 * character. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_UNITS_UNIT_CODE_H
#define LIANGXIN_ORGANIZATIONS_UNITS_UNIT_CODE_H

#include "base/slice.h"

#define UNIT_CODE_LENGTH 18

/* Length and characters are right. */
bool unit_code_fits(struct slice code);
/* ... and so is the check character. */
bool unit_code_is_good(struct slice code);

#endif
