/* SPDX-License-Identifier: Apache-2.0 */
/* Values to cells, by kind. Pure but for the arena. */
#include "organizations/exports/cell.h"

#include <inttypes.h>

#include "base/banned.h"

static const char *
date_text(struct arena *arena, date_t date)
{
    char *text = arena_alloc(arena, DATE_SIZE);

    if (date != DATE_NONE)
        date_format(date, text);
    return text;
}

static const char *
yuan_text(struct arena *arena, fen_t fen)
{
    char *text = arena_alloc(arena, MONEY_SIZE);

    if (fen >= 0)
        money_format(fen, text);
    return text;
}

static const char *
value_text(struct arena *arena, const struct column *column, const void *field)
{
    switch (column->kind) {
    case CELL_DATE:
        return date_text(arena, *(const date_t *)field);
    case CELL_COUNT:
        return arena_printf(arena, "%" PRId64, *(const int64_t *)field);
    case CELL_YUAN:
        return yuan_text(arena, *(const fen_t *)field);
    case CELL_YES_NO:
        return *(const bool *)field ? "是" : "否";
    case CELL_WORD:
        return *(const int *)field ? column->words[*(const int *)field - 1].ledger : "";
    case CELL_TEXT:
    case CELL_CODE:
    case CELL_REGION:
    case CELL_UNIT_CODE:
    case CELL_IDENTITY:
    case CELL_TELEPHONE:
        return *(const char *const *)field;
    }
    return "";
}

struct slice
cell_text(struct arena *arena, const struct column *column, const void *data)
{
    if (column->elsewhere)
        return slice_of("");
    return slice_of(value_text(arena, column, (const char *)data + column->offset));
}

bool
cell_is_number(const struct column *column)
{
    return column->kind == CELL_COUNT || column->kind == CELL_YUAN;
}
