/* SPDX-License-Identifier: Apache-2.0 */
/* Dues of one month from a base and a rate table. Pure; integers only. */
#include "dues/rate_table.h"

#include "base/banned.h"

#define BASIS 10000 /* basis points of the whole */

static bool
bands_are_sound(const struct rate_table *table)
{
    if (table->n_bands > RATE_BANDS || table->band[0].from != 0)
        return false;
    for (size_t i = 0; i < table->n_bands; i++) {
        if (table->band[i].basis_points < 0 || table->band[i].basis_points > BASIS)
            return false;
        if (i > 0 && table->band[i].from <= table->band[i - 1].from)
            return false;
    }
    return true;
}

bool
rate_table_is_sound(const struct rate_table *table)
{
    if (table->unit != 1 && table->unit != 10 && table->unit != 100)
        return false;
    if (table->ceiling < 0)
        return false;
    return table->n_bands ? bands_are_sound(table) : table->least > 0 && table->least <= table->most;
}

static int32_t
rate_of(const struct rate_table *table, fen_t base)
{
    int32_t basis_points = table->band[0].basis_points;

    for (size_t i = 1; i < table->n_bands && table->band[i].from <= base; i++)
        basis_points = table->band[i].basis_points;
    return basis_points;
}

/* base * rate, rounded half up to the unit in one step: rounding to a fen first would round twice. */
static bool
charge(const struct rate_table *table, fen_t base, fen_t *ret_dues)
{
    int64_t exact; /* in 1/10000 fen */
    int64_t step = table->unit * BASIS;

    if (__builtin_mul_overflow(base, rate_of(table, base), &exact) || __builtin_add_overflow(exact, step / 2, &exact))
        return false;
    *ret_dues = exact / step * table->unit;
    return true;
}

enum rate_verdict
rate_monthly(const struct rate_table *table, fen_t base, struct rate_answer *ret_answer)
{
    fen_t dues;

    *ret_answer = (struct rate_answer){ 0 };
    if (!rate_table_is_sound(table))
        return RATE_UNCOVERED;
    if (table->n_bands == 0 && table->least < table->most)
        return RATE_NEEDS_DECLARATION;
    if (table->n_bands > 0 && base <= 0)
        return RATE_NEEDS_DECISION;
    if (table->n_bands == 0)
        dues = table->least;
    else if (!charge(table, base, &dues))
        return RATE_UNCOVERED;
    ret_answer->computed = dues;
    ret_answer->due = table->ceiling && dues > table->ceiling ? table->ceiling : dues;
    return RATE_ASSESSED;
}

bool
rate_may_declare(const struct rate_table *table, fen_t amount)
{
    return rate_table_is_sound(table) && table->n_bands == 0 && amount >= table->least && amount <= table->most;
}
