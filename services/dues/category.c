/* SPDX-License-Identifier: Apache-2.0 */
/* Categories of payers, looked up both ways in one table. Pure. */
#include "dues/category.h"

#include "base/banned.h"

static const struct {
    enum dues_category category;
    const char *code;
    const char *word;
} rows[] = {
#define X(name, number, code, word) { DUES_##name, code, word },
    DUES_CATEGORIES(X)
#undef X
};

#define N_ROWS (sizeof rows / sizeof *rows)

const char *
dues_category_code(enum dues_category category)
{
    for (size_t i = 0; i < N_ROWS; i++)
        if (rows[i].category == category)
            return rows[i].code;
    return NULL;
}

enum dues_category
dues_category_of_code(const char *code)
{
    for (size_t i = 0; code && i < N_ROWS; i++)
        if (strcmp(rows[i].code, code) == 0)
            return rows[i].category;
    return DUES_UNKNOWN;
}

enum dues_category
dues_category_of_occupation(struct slice occupation)
{
    for (size_t i = 0; i < N_ROWS; i++)
        if (slice_is(occupation, rows[i].word) || slice_is(occupation, rows[i].code))
            return rows[i].category;
    return DUES_UNKNOWN;
}
