/* SPDX-License-Identifier: Apache-2.0 */
/* Money in fen (分), an integer. No floating point anywhere. Pure. */
#ifndef LIANGXIN_BASE_MONEY_H
#define LIANGXIN_BASE_MONEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

typedef int64_t fen_t;

#define MONEY_SIZE 24 /* the longest text of money_format and NUL */

/* Reads yuan as written in ledgers: "5048.68", "5048.7", "5048". At most two decimals, no sign, no exponent, below
 * 10^13 yuan. False otherwise. */
bool money_parse_yuan(struct slice text, fen_t *ret_fen);
/* Yuan with two decimals: "5048.68". */
void money_format(fen_t fen, char ret_text[MONEY_SIZE]);
/* a + b; false on overflow. */
bool money_add(fen_t a, fen_t b, fen_t *ret_sum);
/* amount * basis_points / 10000, rounded half up away from zero to a fen; false on overflow. */
bool money_basis_points(fen_t amount, int32_t basis_points, fen_t *ret_part);

#endif
