/* SPDX-License-Identifier: Apache-2.0 */
/* Rows put back, from the end of the file to its beginning, so that what hangs on another goes first. A row is
 * untouched when the ledger still says what the file says and its version is the one the import gave it. What was
 * changed is taken in again as it was, by the ledger's own effects; what was created is removed where nothing refers to
 * it. */
#include "organizations/imports/chunk.h"
#include "organizations/ledgers/former.h"
#include "base/banned.h"

/* The chunk's rows on their way, by what is to be done with them. */
struct undoing {
    struct sheet_row **created;
    size_t n_created;
    struct sheet_row **former;
    size_t n_former;
    struct undo_result *results;
    size_t n_results;
};

static const char *
slug(enum problem_name problem)
{
    return problem_of(problem)->slug;
}

static void
settle(struct undoing *undoing, const struct sheet_row *row, const char *why)
{
    undoing->results[undoing->n_results++] = (struct undo_result){ .row = row->row, .why = why };
}

static bool
is_untouched(const struct sheet_row *row, int64_t written)
{
    return row->outcome == ROW_UNCHANGED && (row->version == 0 || row->version == written);
}

/* `written` holds the rows that wrote something, in the order of `rows`. */
static status_t
sort_rows(struct import_run *run, const struct chunk *chunk, struct db_rows *written, struct undoing *undoing)
{
    int at = 0;

    for (size_t i = 0; i < chunk->count && at < db_count(written); i++) {
        struct sheet_row *row = chunk->rows[i];
        status_t st;

        if (db_i64(written, at, "row") != row->row)
            continue;
        if (!is_untouched(row, db_i64(written, at, "entity_version"))) {
            settle(undoing, row, slug(PROBLEM_CHANGED_SINCE));
        } else if (db_is_null(written, at, "former")) {
            undoing->created[undoing->n_created++] = row;
        } else {
            st = former_open(&run->work, &run->claim.id, row, db_bytes(written, at, "former"),
                             &undoing->former[undoing->n_former++]);
            if (st)
                return st;
        }
        at++;
    }
    return db_rows_status(written);
}

/* What was changed: the former rows are judged and written like rows of any file. */
static status_t
restore(struct import_run *run, struct undoing *undoing)
{
    struct sheet_row **good = arena_array(run->work.arena, undoing->n_former + 1, sizeof *good);
    status_t st = chunk_judge(run, undoing->former, undoing->n_former, true);
    size_t n = 0;

    for (size_t i = 0; i < undoing->n_former && !st; i++) {
        struct sheet_row *row = undoing->former[i];

        if (row->outcome == ROW_UPDATED)
            good[n++] = row;
        settle(undoing, row, row->problems ? slug(row->problems->problem) : NULL);
    }
    return !st && n ? run->ledger->apply(&run->work, good, n) : st;
}

static status_t
remove_created(struct import_run *run, struct undoing *undoing)
{
    struct db_rows *gone;
    int at = 0;
    status_t st;

    if (undoing->n_created == 0)
        return OK;
    st = import_remove_created(&run->work, &run->claim.id, undoing->created, undoing->n_created, &gone);
    for (size_t i = 0; i < undoing->n_created && !st; i++) {
        const struct sheet_row *row = undoing->created[i];
        bool is_gone = at < db_count(gone) && db_i64(gone, at, "row") == row->row;

        settle(undoing, row, is_gone ? NULL : slug(PROBLEM_STILL_USED));
        at += is_gone;
        if (is_gone)
            run->ledger->removed(&run->work, row);
    }
    return st ? st : db_rows_status(gone);
}

static struct undoing
undoing_new(struct arena *arena, size_t count)
{
    return (struct undoing){ .created = arena_array(arena, count + 1, sizeof(struct sheet_row *)),
                             .former = arena_array(arena, count + 1, sizeof(struct sheet_row *)),
                             .results = arena_array(arena, count + 1, sizeof(struct undo_result)) };
}

status_t
undo_chunk(struct import_run *run, const struct chunk *chunk)
{
    struct undoing undoing = undoing_new(run->work.arena, chunk->count);
    struct db_rows *written;
    status_t st = chunk_judge(run, chunk->rows, chunk->count, true);

    if (!st)
        st = import_written(&run->work, &run->claim.id, chunk->rows, chunk->count, &written);
    if (!st)
        st = sort_rows(run, chunk, written, &undoing);
    if (!st)
        st = restore(run, &undoing);
    if (!st)
        st = remove_created(run, &undoing);
    if (!st)
        import_undo_advance(&run->work, &run->claim.id, undoing.results, undoing.n_results, chunk->count, chunk->last);
    return st;
}
