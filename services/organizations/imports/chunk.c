/* SPDX-License-Identifier: Apache-2.0 */
/* Rows checked and written. The jobs thread. */
#include "organizations/imports/chunk.h"

#include "base/banned.h"

status_t
chunk_judge(struct import_run *run, struct sheet_row **rows, size_t count, bool lock)
{
    struct sheet_row **open = arena_array(run->work.arena, count + 1, sizeof *open);
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        if (rows[i]->outcome == ROW_PENDING)
            open[n++] = rows[i];
    return n ? ledger_judge(run->ledger, &run->work, open, n, lock) : OK;
}

static struct import_counts
count_rows(const struct chunk *chunk)
{
    struct import_counts counts = { .read = (int64_t)chunk->count };

    for (size_t i = 0; i < chunk->count; i++)
        counts.of[chunk->rows[i]->outcome]++;
    return counts;
}

status_t
check_chunk(struct import_run *run, const struct chunk *chunk)
{
    struct import_counts counts;
    status_t st = chunk_judge(run, chunk->rows, chunk->count, false);

    if (st)
        return st;
    counts = count_rows(chunk);
    import_rows_write(&run->work, &run->claim.id, chunk->rows, chunk->count, false);
    import_advance(&run->work, &run->claim.id, &counts, chunk->last ? "validated" : NULL);
    return OK;
}

static status_t
apply_rows(struct import_run *run, const struct chunk *chunk)
{
    struct sheet_row **good = arena_array(run->work.arena, chunk->count + 1, sizeof *good);
    size_t n = 0;

    for (size_t i = 0; i < chunk->count; i++)
        if (chunk->rows[i]->outcome == ROW_CREATED || chunk->rows[i]->outcome == ROW_UPDATED)
            good[n++] = chunk->rows[i];
    return n ? run->ledger->apply(&run->work, good, n) : OK;
}

status_t
write_chunk(struct import_run *run, const struct chunk *chunk)
{
    bool ends = chunk->last && !run->ledger->has_bases;
    struct import_counts counts;
    status_t st = chunk_judge(run, chunk->rows, chunk->count, true);

    if (!st)
        st = apply_rows(run, chunk);
    if (st)
        return st;
    counts = count_rows(chunk);
    import_rows_write(&run->work, &run->claim.id, chunk->rows, chunk->count, true);
    import_advance(&run->work, &run->claim.id, &counts, ends ? "succeeded" : NULL);
    return OK;
}
