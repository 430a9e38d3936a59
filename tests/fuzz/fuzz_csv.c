/* SPDX-License-Identifier: Apache-2.0 */
/* A ledger file as anybody may upload it: read as every ledger there is. Every record of the file is one row, rows that
 * are not refused have clean cells, and reading it again gives the same. */
#include <stdint.h>

#include "base/check.h"
#include "base/text.h"
#include "organizations/ledgers/sheet.h"
#include "organizations/members/member_row.h"
#include "organizations/organizations/organization_row.h"
#include "organizations/regions/region_row.h"
#include "organizations/units/unit_row.h"

#define TODAY       20000 /* days since 1970 */
#define ARENA_LIMIT ((size_t)256 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct ledger_form *const forms[] = { &region_form, &organization_form, &unit_form, &member_form };

static void
check_row(const struct ledger_form *form, const struct sheet_row *row)
{
    CHECK((row->outcome == ROW_INVALID) == (row->problems != NULL));
    if (row->outcome == ROW_INVALID)
        return;
    CHECK(row->data && row_key(form, row));
    for (size_t i = 0; i < column_count(form); i++)
        CHECK(text_is_clean(row->cells[i]));
}

static void
check_form(struct arena *arena, const struct ledger_form *form, struct slice bytes)
{
    struct sheet_source source = { .bytes = bytes };
    struct sheet *once;
    struct sheet *again;

    if (sheet_read(arena, form, &source, TODAY, &once))
        return;
    CHECK(!sheet_read(arena, form, &source, TODAY, &again) && once->count == again->count);
    for (size_t i = 0; i < once->count; i++) {
        check_row(form, once->rows[i]);
        CHECK(once->rows[i]->row == again->rows[i]->row && once->rows[i]->outcome == again->rows[i]->outcome);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(ARENA_LIMIT);

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        check_form(arena, forms[i], slice_make(data, size));
    arena_free(arena);
    return 0;
}
