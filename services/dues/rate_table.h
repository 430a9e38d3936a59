/* SPDX-License-Identifier: Apache-2.0 */
/* Monthly dues by rule (中组发〔2008〕3号, 组电明字〔2017〕5号): the numbers are data of the dues schema, loaded for
 * one category and one day; the functions see neither database nor clock. */
#ifndef LIANGXIN_DUES_RATE_TABLE_H
#define LIANGXIN_DUES_RATE_TABLE_H

#include "base/money.h"

#define RATE_BANDS 8

/* From this base on, up to the next band, the whole base is charged at this rate: 全额, not by slices. */
struct rate_band {
    fen_t from;
    int32_t basis_points;
};

/* Either bands, or (without bands) an amount between `least` and `most` a month that does not look at the base. */
struct rate_table {
    size_t n_bands;
    struct rate_band band[RATE_BANDS]; /* ascending, the first from 0 */
    fen_t unit;                        /* dues are rounded half up to it: 1, 10 or 100 fen */
    fen_t ceiling;                     /* a month's dues are normally not above it; 0: none */
    fen_t least;
    fen_t most;
};

struct rate_answer {
    fen_t computed; /* by the rate alone */
    fen_t due;      /* after the ceiling; what is computed above it may be paid as a voluntary extra */
};

enum rate_verdict {
    RATE_ASSESSED,          /* the answer holds */
    RATE_NEEDS_DECISION,    /* no earnings: hardship or another category, never a silent zero */
    RATE_NEEDS_DECLARATION, /* the member declares an amount between least and most */
    RATE_UNCOVERED,         /* the table has no rule for it */
};

/* True when the table can be used: a unit, and bands that begin at 0 and ascend or, without bands, 0 < least <= most.
 */
bool rate_table_is_sound(const struct rate_table *table);
/* A month's dues of a member with this base. *ret_answer is set when assessed and zero otherwise. */
enum rate_verdict rate_monthly(const struct rate_table *table, fen_t base, struct rate_answer *ret_answer);
/* True when a member may declare this amount (农民: 0.20 to 1.00 yuan). */
bool rate_may_declare(const struct rate_table *table, fen_t amount);

#endif
