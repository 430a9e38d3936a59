/* SPDX-License-Identifier: Apache-2.0 */
/* Former cells, sealed. The jobs thread; owns nothing. */
#include "organizations/ledgers/former.h"

#include "base/strbuf.h"
#include "organizations/exports/cell.h"
#include "base/banned.h"

#define CELL_END '\x1f' /* no cell has it: control characters are refused */
#define LIMIT    ((size_t)64 * 1024)

static struct slice
bound_to(struct arena *arena, const struct id *import, const struct sheet_row *row)
{
    char id[ID_SIZE];

    id_format(import, id);
    return slice_of(arena_printf(arena, "import|former|%s|%lld", id, (long long)row->row));
}

struct slice
former_seal(struct import_work *work, const struct id *import, const struct sheet_row *row)
{
    struct strbuf text;
    struct slice sealed;

    strbuf_init(&text, LIMIT);
    for (const struct column *column = work->sheet->form->columns; column->heading; column++) {
        struct slice cell = cell_text(work->arena, column, row->before);

        strbuf_add(&text, cell.data, cell.size);
        strbuf_char(&text, CELL_END);
    }
    sealed =
        seal_close(work->arena, &work->state->identity_ring, strbuf_slice(&text), bound_to(work->arena, import, row));
    strbuf_done(&text);
    return sealed;
}

static const struct slice *
cut(struct arena *arena, struct slice text, size_t count)
{
    struct slice *cells = arena_array(arena, count, sizeof *cells);

    for (size_t i = 0; i < count; i++) {
        const char *end = memchr(text.data, CELL_END, text.size);
        size_t size = end ? (size_t)(end - text.data) : text.size;

        cells[i] = slice_make(text.data, size);
        text = end ? slice_make(end + 1, text.size - size - 1) : slice_of(NULL);
    }
    return cells;
}

status_t
former_open(struct import_work *work, const struct id *import, const struct sheet_row *row, struct slice sealed,
            struct sheet_row **ret_former)
{
    struct sheet_row *former = arena_alloc(work->arena, sizeof *former);
    struct slice text;

    if (!seal_open(work->arena, &work->state->identity_ring, sealed, bound_to(work->arena, import, row), &text))
        return status_detail(work->arena, PROBLEM_INTERNAL, "a former row does not open with these keys");
    former->row = row->row;
    former->cells = cut(work->arena, text, column_count(work->sheet->form));
    sheet_read_cells(work->arena, work->sheet->form, work->today, former);
    *ret_former = former;
    return OK;
}
