/* SPDX-License-Identifier: Apache-2.0 */
/* Records and cells out of bytes. Pure but for the arena; called on whatever thread reads a ledger. */
#include "organizations/tables/csv.h"

#include "base/banned.h"

enum cell_end { CELL_COMMA, CELL_LINE, CELL_BROKEN };

void
csv_open(struct csv_reader *reader, struct slice bytes)
{
    *reader = (struct csv_reader){ .rest = bytes };
}

static void
advance(struct csv_reader *reader, size_t n)
{
    reader->rest.data += n;
    reader->rest.size -= n;
}

/* Eats what must follow a cell: a comma, a line end, or the end of the file. */
static enum cell_end
end_cell(struct csv_reader *reader)
{
    struct slice rest = reader->rest;

    if (rest.size == 0)
        return CELL_LINE;
    if (rest.data[0] == ',' || rest.data[0] == '\n') {
        advance(reader, 1);
        return rest.data[0] == ',' ? CELL_COMMA : CELL_LINE;
    }
    if (rest.data[0] == '\r' && (rest.size == 1 || rest.data[1] == '\n')) {
        advance(reader, rest.size == 1 ? 1 : 2);
        return CELL_LINE;
    }
    return CELL_BROKEN;
}

static enum cell_end
read_plain(struct csv_reader *reader, struct slice *ret_cell)
{
    const char *start = reader->rest.data;
    size_t n = 0;

    while (n < reader->rest.size && !memchr(",\r\n\"", start[n], 4))
        n++;
    *ret_cell = slice_make(start, n);
    advance(reader, n);
    return end_cell(reader);
}

/* The text between the quotes, with each doubled quote made one. */
static struct slice
unquote(struct arena *arena, struct slice quoted)
{
    char *text;
    size_t n = 0;

    if (!memchr(quoted.data, '"', quoted.size))
        return quoted;
    text = arena_alloc(arena, quoted.size);
    for (size_t i = 0; i < quoted.size; i++) {
        text[n++] = quoted.data[i];
        if (quoted.data[i] == '"')
            i++;
    }
    return slice_make(text, n);
}

static enum cell_end
read_quoted(struct csv_reader *reader, struct arena *arena, struct slice *ret_cell)
{
    const char *start = reader->rest.data + 1;
    size_t size = reader->rest.size - 1;
    size_t n = 0;

    while (n < size && !(start[n] == '"' && (n + 1 == size || start[n + 1] != '"')))
        n += start[n] == '"' ? 2 : 1;
    if (n >= size)
        return CELL_BROKEN; /* never closed */
    *ret_cell = unquote(arena, slice_make(start, n));
    advance(reader, n + 2);
    return end_cell(reader);
}

static void
skip_line(struct csv_reader *reader)
{
    const char *end = memchr(reader->rest.data, '\n', reader->rest.size);

    advance(reader, end ? (size_t)(end - reader->rest.data) + 1 : reader->rest.size);
}

static void
read_record(struct csv_reader *reader, struct arena *arena, struct record *record)
{
    enum cell_end end = CELL_COMMA;

    while (end == CELL_COMMA && record->count < RECORD_CELLS) {
        struct slice *cell = &record->cell[record->count++];
        bool quoted = reader->rest.size > 0 && reader->rest.data[0] == '"';

        end = quoted ? read_quoted(reader, arena, cell) : read_plain(reader, cell);
    }
    record->broken = end != CELL_LINE;
    if (!record->broken)
        return;
    record->count = 0;
    skip_line(reader);
}

bool
csv_next(struct csv_reader *reader, struct arena *arena, struct record *ret_record)
{
    while (reader->rest.size > 0) {
        ret_record->row = ++reader->row;
        ret_record->count = 0;
        read_record(reader, arena, ret_record);
        if (ret_record->broken || ret_record->count > 1 || ret_record->cell[0].size > 0)
            return true;
    }
    return false;
}
