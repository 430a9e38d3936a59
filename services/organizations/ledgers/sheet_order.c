/* SPDX-License-Identifier: Apache-2.0 */
/* Keys sorted once, then looked up; depth by walking up. Pure but for the arena. */
#include "organizations/ledgers/sheet_order.h"

#include <stdlib.h>

#include "base/banned.h"

#define LEVELS 64 /* no line of organizations is deeper; more means a loop */

struct keyed_row {
    const char *key;
    struct sheet_row *row;
    size_t depth;
};

static int
compare_keys(const void *a, const void *b)
{
    const struct keyed_row *first = a;
    const struct keyed_row *second = b;
    int order = strcmp(first->key, second->key);

    if (order)
        return order;
    return (first->row->row > second->row->row) - (first->row->row < second->row->row);
}

static bool
same_cells(const struct ledger_form *form, const struct sheet_row *a, const struct sheet_row *b)
{
    for (size_t i = 0; form->columns[i].heading; i++)
        if (!slice_equal(a->cells[i], b->cells[i]))
            return false;
    return true;
}

static void
mark_repeat(struct arena *arena, const struct ledger_form *form, const struct sheet_row *first, struct sheet_row *row)
{
    if (same_cells(form, first, row) && !row->problems)
        row->outcome = ROW_DUPLICATE;
    else
        row_refuse(arena, row, NULL, PROBLEM_DUPLICATE_ROW);
}

void
sheet_find_repeats(struct arena *arena, struct sheet *sheet)
{
    struct keyed_row *keyed = arena_array(arena, sheet->count + 1, sizeof *keyed);
    size_t count = 0;

    for (size_t i = 0; i < sheet->count; i++) {
        const char *key = row_key(sheet->form, sheet->rows[i]);

        if (key)
            keyed[count++] = (struct keyed_row){ .key = key, .row = sheet->rows[i] };
    }
    qsort(keyed, count, sizeof *keyed, compare_keys);
    sheet->by_key = arena_array(arena, count + 1, sizeof(struct sheet_row *));
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || strcmp(keyed[i].key, keyed[i - 1].key) != 0)
            sheet->by_key[sheet->n_keys++] = keyed[i].row;
        else
            mark_repeat(arena, sheet->form, sheet->by_key[sheet->n_keys - 1], keyed[i].row);
    }
}

struct sheet_row *
sheet_find(const struct sheet *sheet, const char *key)
{
    size_t low = 0;
    size_t high = sheet->n_keys;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(row_key(sheet->form, sheet->by_key[middle]), key);

        if (order == 0)
            return sheet->by_key[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Rows of the file above this one; LEVELS or more mean a loop. */
static size_t
depth_of(const struct sheet *sheet, const struct sheet_row *row)
{
    size_t depth = 0;

    while (row && row->data && depth < LEVELS) {
        const char *superior = *(const char *const *)((const char *)row->data + sheet->form->superior);

        row = superior ? sheet_find(sheet, superior) : NULL;
        depth += row != NULL;
    }
    return depth;
}

static int
compare_depths(const void *a, const void *b)
{
    const struct keyed_row *first = a;
    const struct keyed_row *second = b;

    if (first->depth != second->depth)
        return first->depth < second->depth ? -1 : 1;
    return (first->row->row > second->row->row) - (first->row->row < second->row->row);
}

void
sheet_order(struct arena *arena, struct sheet *sheet)
{
    struct keyed_row *placed;

    if (!sheet->form->superior)
        return;
    placed = arena_array(arena, sheet->count + 1, sizeof *placed);
    for (size_t i = 0; i < sheet->count; i++) {
        struct sheet_row *row = sheet->rows[i];

        placed[i] = (struct keyed_row){ .row = row, .depth = depth_of(sheet, row) };
        if (placed[i].depth >= LEVELS && row->outcome != ROW_INVALID)
            row_refuse(arena, row, NULL, PROBLEM_ORGANIZATION_LOOP);
    }
    qsort(placed, sheet->count, sizeof *placed, compare_depths);
    for (size_t i = 0; i < sheet->count; i++)
        sheet->rows[i] = placed[i].row;
}
