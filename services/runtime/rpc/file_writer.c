/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes to chunks. The jobs thread; owns one chunk and an arena. */
#include "rpc/file_writer.h"

#include "base/banned.h"

#define ROOM ((size_t)8 * 1024 * 1024) /* a chunk, sealed, and its answer */

void
file_writer_open(struct file_writer *writer, const struct file_store *store, const struct file_piece *piece)
{
    *writer = (struct file_writer){ .store = *store, .piece = *piece, .arena = store->arena };
    writer->store.arena = arena_new(FILE_CHUNK + ROOM);
    writer->chunk = arena_alloc(store->arena, FILE_CHUNK);
}

static void
put(struct file_writer *writer, bool last)
{
    status_t st;

    if (writer->failed)
        return;
    arena_reset(writer->store.arena);
    writer->piece.data = slice_make(writer->chunk, writer->filled);
    writer->piece.last = last;
    st = file_put(&writer->store, &writer->piece, &writer->file);
    if (st)
        writer->failed = arena_copy(writer->arena, &(struct status){ .problem = st->problem }, sizeof *st);
    writer->piece.offset += (int64_t)writer->filled;
    writer->filled = 0;
}

void
file_writer_add(struct file_writer *writer, struct slice bytes)
{
    while (bytes.size && !writer->failed) {
        size_t room = FILE_CHUNK - writer->filled;
        size_t taken = bytes.size < room ? bytes.size : room;

        memcpy(writer->chunk + writer->filled, bytes.data, taken);
        writer->filled += taken;
        bytes = slice_make(bytes.data + taken, bytes.size - taken);
        if (writer->filled == FILE_CHUNK)
            put(writer, false);
    }
}

status_t
file_writer_close(struct file_writer *writer, struct stored_file *ret_file)
{
    put(writer, true);
    *ret_file = writer->file;
    return writer->failed;
}

void
file_writer_done(struct file_writer *writer)
{
    arena_free(writer->store.arena);
}
