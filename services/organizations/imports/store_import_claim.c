/* SPDX-License-Identifier: Apache-2.0 */
/* Whose turn it is. One worker at a time has an import, by an advisory lock of its connection, so that the file is read
 * once for many chunks and not by two replicas in turn. The jobs thread. */
#include "organizations/files/store_file.h"
#include "organizations/imports/store_import.h"
#include "organizations/state.h"
#include "base/banned.h"

#define CHOICE_END  '\x1e' /* between two choices of headings */
#define HEADING_END '\x1f'
#define ROOM_FROM   ((size_t)1024 * 1024)

#define CLAIM_COLUMNS                                                                                                  \
    "id, ledger, state, account_id, role, organization_id, request_id, file_id, file_name, sheet, done, undo_done, "   \
    "bases_done,"                                                                                                      \
    " bases_tries, base_month,"                                                                                        \
    " (SELECT string_agg(m.heading || chr(31) || m.\"column\", chr(30))"                                               \
    "    FROM jsonb_to_recordset(mapping) AS m (heading text, \"column\" text)) AS mapping"
#define IS_WORK  "(state IN ('queued', 'validating', 'undoing') OR (state = 'committing' AND done < read))"
#define LOCK_KEY "hashtextextended('import|' || $1::uuid::text, 0)"

/* A few: those that others have are passed over. */
const struct db_statement sql_import_waiting = {
    "import_waiting",
    "SELECT id FROM import WHERE state IN ('queued', 'validating', 'committing', 'undoing') AND " IS_WORK
    " ORDER BY worked_at LIMIT 8",
};

const struct db_statement sql_import_seize = {
    "import_seize",
    "SELECT pg_try_advisory_lock(" LOCK_KEY ") AS mine",
};

const struct db_statement sql_import_release = {
    "import_release",
    "SELECT pg_advisory_unlock(" LOCK_KEY ") AS was_mine",
};

const struct db_statement sql_import_claimed = {
    "import_claimed",
    "SELECT " CLAIM_COLUMNS " FROM import WHERE id = $1 AND " IS_WORK,
};

const struct db_statement sql_import_next_bases = {
    "import_next_bases",
    "SELECT " CLAIM_COLUMNS " FROM import"
    " WHERE (state = 'committing' AND done = read)"
    "    OR (state IN ('cancelled', 'undoing', 'undone') AND ledger = 'members' AND bases_done < done"
    "        AND written_at IS NOT NULL)"
    " ORDER BY worked_at LIMIT 1",
};

#define IS_ANNOTATABLE                                                                                                 \
    "file_id IS NOT NULL AND annotated_state IS DISTINCT FROM state"                                                   \
    " AND state IN ('validated', 'succeeded', 'cancelled', 'undone')"

const struct db_statement sql_import_unannotated = {
    "import_unannotated",
    "SELECT id FROM import WHERE " IS_ANNOTATABLE " ORDER BY worked_at LIMIT 8",
};

const struct db_statement sql_import_annotatable = {
    "import_annotatable",
    "SELECT " CLAIM_COLUMNS " FROM import WHERE id = $1 AND " IS_ANNOTATABLE,
};

static size_t
count_choices(const char *joined)
{
    size_t count = 1;

    for (; *joined; joined++)
        count += *joined == CHOICE_END;
    return count;
}

static void
read_choices(struct arena *arena, const char *joined, struct sheet_source *source)
{
    char *text = joined ? arena_text(arena, joined) : NULL;
    struct heading_choice *choices;

    if (!text)
        return;
    choices = arena_array(arena, count_choices(joined), sizeof *choices);
    while (text) {
        char *end = strchr(text, CHOICE_END);
        char *column = strchr(text, HEADING_END);

        if (end)
            *end++ = '\0';
        if (column) {
            *column++ = '\0';
            choices[source->n_choices++] = (struct heading_choice){ .heading = text, .column = column };
        }
        text = end;
    }
    source->choices = choices;
}

static status_t
read_claim(struct arena *arena, struct db_rows *row, struct import_claim *claim)
{
    *claim = (struct import_claim){ .id = db_id(row, 0, "id"),
                                    .ledger = db_text(row, 0, "ledger"),
                                    .state = db_text(row, 0, "state"),
                                    .actor = { .account = db_id(row, 0, "account_id"),
                                               .role = db_text(row, 0, "role"),
                                               .organization = db_id(row, 0, "organization_id") },
                                    .request = db_id(row, 0, "request_id"),
                                    .file = db_id(row, 0, "file_id"),
                                    .file_name = db_text(row, 0, "file_name"),
                                    .source = { .sheet = db_text(row, 0, "sheet") },
                                    .done = db_i64(row, 0, "done"),
                                    .undo_done = db_i64(row, 0, "undo_done"),
                                    .bases_done = db_i64(row, 0, "bases_done"),
                                    .bases_tries = db_i64(row, 0, "bases_tries"),
                                    .base_month = db_text(row, 0, "base_month") };
    read_choices(arena, db_text(row, 0, "mapping"), &claim->source);
    return db_rows_status(row);
}

/* NOT_FOUND when somebody else has it, or it is done meanwhile. */
static status_t
seize(struct db *db, struct arena *arena, const struct db_statement *claimed, const struct id *id,
      struct import_claim *ret_claim)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, id);
    st = db_query_row(db, arena, &sql_import_seize, &args, &row);
    if (!st && !db_bool(row, 0, "mine"))
        return status_plain(PROBLEM_NOT_FOUND);
    if (!st)
        st = db_query_row(db, arena, claimed, &args, &row);
    if (status_is(st, PROBLEM_NOT_FOUND)) {
        status_t released = import_release(db, arena, id);

        return released ? released : st;
    }
    return st ? st : read_claim(arena, row, ret_claim);
}

static status_t
claim_first(struct db *db, struct arena *arena, const struct db_statement *waiting, const struct db_statement *claimed,
            struct import_claim *ret_claim)
{
    struct db_rows *rows;
    status_t st = db_query(db, arena, waiting, NULL, &rows);

    for (int i = 0; !st && i < db_count(rows); i++) {
        struct id id = db_id(rows, i, "id");

        st = seize(db, arena, claimed, &id, ret_claim);
        if (!status_is(st, PROBLEM_NOT_FOUND))
            return st;
        st = OK;
    }
    return st ? st : status_plain(PROBLEM_NOT_FOUND);
}

status_t
import_claim(struct db *db, struct arena *arena, struct import_claim *ret_claim)
{
    return claim_first(db, arena, &sql_import_waiting, &sql_import_claimed, ret_claim);
}

status_t
import_claim_annotation(struct db *db, struct arena *arena, struct import_claim *ret_claim)
{
    return claim_first(db, arena, &sql_import_unannotated, &sql_import_annotatable, ret_claim);
}

status_t
import_release(struct db *db, struct arena *arena, const struct id *id)
{
    struct db_args args = { 0 };
    struct db_rows *row;

    db_arg_id(&args, id);
    return db_query_row(db, arena, &sql_import_release, &args, &row);
}

status_t
import_next_bases(struct db *db, struct arena *arena, struct import_claim *ret_claim)
{
    struct db_rows *row;
    status_t st = db_query_row(db, arena, &sql_import_next_bases, NULL, &row);

    return st ? st : read_claim(arena, row, ret_claim);
}

const struct db_statement sql_import_lock_chunk = {
    "import_lock_chunk",
    "SELECT id FROM import WHERE id = $1 AND state = $2 AND done = $3 AND undo_done = $4 FOR UPDATE",
};

status_t
import_lock_chunk(struct db *db, struct arena *arena, const struct import_claim *claim)
{
    struct db_args args = { 0 };
    struct db_rows *row;

    db_arg_id(&args, &claim->id);
    db_arg_text(&args, claim->state);
    db_arg_i64(&args, claim->done);
    db_arg_i64(&args, claim->undo_done);
    return db_query_row(db, arena, &sql_import_lock_chunk, &args, &row);
}

/* Room doubles, so that a large file is copied a few times and not once a piece. */
static char *
with_room(struct arena *arena, char *bytes, size_t size, size_t more, size_t *room)
{
    char *wider;

    if (size + more <= *room)
        return bytes;
    while (*room < size + more)
        *room = *room ? *room * 2 : ROOM_FROM;
    wider = arena_alloc(arena, *room);
    if (size)
        memcpy(wider, bytes, size);
    return wider;
}

status_t
import_file(struct job_context *job, struct import_claim *claim)
{
    const struct organizations_state *state = job->state;
    struct file_store store = { .db = job->db, .arena = job->arena, .ring = &state->identity_ring, .now = job->now };
    struct slice piece = { 0 };
    char *bytes = NULL;
    size_t size = 0;
    size_t room = 0;
    status_t st;

    do {
        st = file_read(&store, &claim->file, (int64_t)size, &piece);
        if (st)
            return status_is(st, PROBLEM_NOT_FOUND) ? status_plain(PROBLEM_IMPORT_OVER) : st;
        bytes = with_room(job->arena, bytes, size, piece.size + 1, &room);
        memcpy(bytes + size, piece.data, piece.size);
        size += piece.size;
    } while (piece.size > 0);
    claim->source.bytes = slice_make(bytes, size);
    return OK;
}

const struct db_statement sql_import_postpone = {
    "import_postpone",
    "UPDATE import SET worked_at = $2 WHERE id = $1 AND worked_at < $2",
};

void
import_postpone(struct db *db, const struct id *id, instant_t now)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_instant(&args, now);
    db_queue(db, &sql_import_postpone, &args);
}
