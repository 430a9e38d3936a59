/* SPDX-License-Identifier: Apache-2.0 */
/* Tables to files, chunk by chunk. The jobs thread, in its transaction; owns nothing. */
#include "organizations/files/table_file.h"

#include "base/banned.h"

status_t
table_file_pour(struct arena *arena, struct sheet_writer *table, struct file_writer *writer,
                struct stored_file *ret_file)
{
    char *buffer = arena_alloc(arena, FILE_CHUNK);
    size_t got = 0;

    do {
        if (!sheet_writer_read(table, buffer, FILE_CHUNK, &got))
            return status_plain(PROBLEM_UNAVAILABLE);
        file_writer_add(writer, slice_make(buffer, got));
    } while (got);
    return file_writer_close(writer, ret_file);
}
