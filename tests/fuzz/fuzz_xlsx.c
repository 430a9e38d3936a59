/* SPDX-License-Identifier: Apache-2.0 */
/* A workbook as anybody may upload it. What opens gives rows in ascending order, with cells that are texts, and twice
 * the same. */
#include <stdint.h>

#include "base/check.h"
#include "base/text.h"
#include "organizations/tables/xlsx.h"

#define ARENA_LIMIT ((size_t)512 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_record(const struct record *record, int64_t after)
{
    CHECK(!record->broken && record->row > after && record->count <= RECORD_CELLS);
    for (size_t i = 0; i < record->count; i++)
        CHECK(record->cell[i].size <= XLSX_CELL && text_is_utf8(record->cell[i]) && record->fault[i] <= CELL_ERROR);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(ARENA_LIMIT);
    struct slice bytes = slice_make(data, size);
    struct xlsx *xlsx;
    struct xlsx *again;
    struct record record;
    struct record same;
    int64_t row = 0;

    if (!xlsx_open(arena, bytes, NULL, &xlsx)) {
        CHECK(!xlsx_open(arena, bytes, NULL, &again) && xlsx_hidden(xlsx) == xlsx_hidden(again));
        while (xlsx_next(xlsx, &record)) {
            CHECK(xlsx_next(again, &same) && same.row == record.row && same.count == record.count);
            check_record(&record, row);
            row = record.row;
        }
        CHECK(!xlsx_next(again, &same));
    }
    arena_free(arena);
    return 0;
}
