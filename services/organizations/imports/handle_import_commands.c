/* SPDX-License-Identifier: Apache-2.0 */
/* Imports taken in, committed, cancelled and undone: all only leave work for the jobs thread. */
#include "io/clock.h"
#include "organizations/files/purposes.h"
#include "organizations/files/store_file.h"
#include "organizations/imports/outcomes.h"
#include "organizations/imports/store_import.h"
#include "organizations/imports/wire_import.h"
#include "base/banned.h"

#define NAME_LIMIT 200 /* bytes of a file name in the audit's content */

static void
audit(struct call *call, const struct id *id, const char *what)
{
    audit_add(call, &(struct audit_entry){ .object = "import", .id = id, .after = slice_of(what) });
}

static void
answer_queued(struct call *call, const struct import_draft *draft, Ledger ledger, Import *out)
{
    char *id = arena_alloc(call->arena, ID_SIZE);
    char *created_at = arena_alloc(call->arena, INSTANT_SIZE);

    id_format(&draft->id, id);
    instant_format(call->now, created_at);
    out->id = id;
    out->ledger = ledger;
    out->state = LIANGXIN__ORGANIZATIONS__V1__IMPORT_STATE__IMPORT_STATE_QUEUED;
    out->file_name = wire_text(draft->file_name);
    out->created_at = created_at;
    out->version = 1;
}

/* The file is the actor's own, whole, and meant for this. */
static status_t
find_file(struct call *call, const struct id *id, struct stored_file *ret_file)
{
    status_t st = file_readable(call, id, ret_file);

    if (!st && (!ret_file->whole || strcmp(ret_file->purpose, PURPOSE_IMPORT) != 0))
        return status_field(call->arena, PROBLEM_BAD_VALUE, "/file_id");
    return st;
}

/* Columns are named by their own headings, or by nothing. */
static status_t
read_choices(struct call *call, const CreateImportRequest *in, struct import_draft *draft)
{
    const struct ledger_form *form = ledger_find(draft->ledger)->form;
    struct heading_choice *choices = arena_array(call->arena, in->n_mapping + 1, sizeof *choices);

    for (size_t i = 0; i < in->n_mapping; i++) {
        const HeadingChoice *choice = in->mapping[i];
        struct slice column = slice_of(choice->column);

        for (size_t k = 0; k < i; k++)
            if (strcmp(choices[k].heading, choice->heading) == 0)
                return status_field(call->arena, PROBLEM_AMBIGUOUS_HEADER,
                                    arena_printf(call->arena, "/mapping/%zu/heading", i));
        if (column.size && !column_named(form, column))
            return status_field(call->arena, PROBLEM_BAD_VALUE, arena_printf(call->arena, "/mapping/%zu/column", i));
        choices[i] = (struct heading_choice){ .heading = choice->heading, .column = choice->column };
    }
    draft->choices = choices;
    draft->n_choices = in->n_mapping;
    return OK;
}

status_t
handle_create_import(struct call *call, const CreateImportRequest *in, Import *out)
{
    struct import_draft *draft = arena_alloc(call->arena, sizeof *draft);
    struct stored_file file = { 0 };
    status_t st;

    if (!id_is_nil(&call->actor->own)) /* ledgers are judged by an organization's line */
        return status_plain(PROBLEM_DENIED);
    *draft = (struct import_draft){ .id = clock_id(),
                                    .file = wire_read_id(in->file_id),
                                    .ledger = word_code(ledger_names, (int)in->ledger),
                                    .sheet = in->sheet[0] ? in->sheet : NULL };
    st = find_file(call, &draft->file, &file);
    if (!st)
        st = read_choices(call, in, draft);
    if (st)
        return st;
    draft->file_name = file.name;
    import_insert(call, draft);
    audit(call, &draft->id, arena_printf(call->arena, "%s|%.*s", draft->ledger, NAME_LIMIT, file.name));
    answer_queued(call, draft, in->ledger, out);
    call->leaves_work = true;
    return OK;
}

static status_t
judge_commit(struct call *call, const CommitImportRequest *in, struct db_rows *row)
{
    status_t st = call_expect_version(call, db_i64(row, 0, "version"));

    if (st)
        return st;
    if (strcmp(db_text(row, 0, "state"), "validated") != 0)
        return status_plain(PROBLEM_IMPORT_STATE);
    if (db_i64(row, 0, "invalid") > 0 && !in->good_rows_only)
        return status_plain(PROBLEM_IMPORT_HAS_INVALID);
    return db_rows_status(row);
}

status_t
handle_commit_import(struct call *call, const CommitImportRequest *in, Import *out)
{
    struct id *id = arena_alloc(call->arena, sizeof *id);
    struct db_rows *row;
    status_t st;

    *id = wire_read_id(in->id);
    st = import_lock(call, id, &row);
    if (!st)
        st = judge_commit(call, in, row);
    if (!st)
        st = import_begin_commit(call, id, in->good_rows_only, &row);
    if (st)
        return st;
    audit(call, id, in->good_rows_only ? "commit good rows" : "commit");
    import_to_wire(call->arena, row, out);
    call->leaves_work = true;
    return db_rows_status(row);
}

static bool
is_one_of(const char *state, const char *const *states)
{
    while (*states && strcmp(*states, state) != 0)
        states++;
    return *states != NULL;
}

/* Rows that are all written cannot be stopped any more. */
static status_t
judge_cancel(struct db_rows *row)
{
    static const char *const states[] = { "queued", "validating", "validated", "committing", NULL };
    const char *state = db_text(row, 0, "state");

    if (!is_one_of(state, states))
        return status_plain(PROBLEM_IMPORT_STATE);
    if (strcmp(state, "committing") == 0 && db_i64(row, 0, "done") == db_i64(row, 0, "read"))
        return status_plain(PROBLEM_IMPORT_STATE);
    return db_rows_status(row);
}

status_t
handle_cancel_import(struct call *call, const ImportId *in, Import *out)
{
    struct id *id = arena_alloc(call->arena, sizeof *id);
    struct db_rows *row;
    status_t st;

    *id = wire_read_id(in->id);
    st = import_lock(call, id, &row);
    if (!st)
        st = judge_cancel(row);
    if (!st)
        st = import_cancel(call, id, &row);
    if (st)
        return st;
    audit(call, id, "cancel");
    import_to_wire(call->arena, row, out);
    call->leaves_work = true; /* bases of what was written */
    return db_rows_status(row);
}

static status_t
judge_undo(struct call *call, struct db_rows *row)
{
    static const char *const states[] = { "succeeded", "cancelled", NULL };

    if (!is_one_of(db_text(row, 0, "state"), states) || db_is_null(row, 0, "undo_until"))
        return status_plain(PROBLEM_IMPORT_STATE);
    if (db_instant(row, 0, "undo_until") < call->now)
        return status_plain(PROBLEM_UNDO_OVER);
    return db_rows_status(row);
}

status_t
handle_undo_import(struct call *call, const ImportId *in, Import *out)
{
    struct id *id = arena_alloc(call->arena, sizeof *id);
    struct db_rows *row;
    status_t st;

    *id = wire_read_id(in->id);
    st = import_lock(call, id, &row);
    if (!st)
        st = judge_undo(call, row);
    if (!st)
        st = import_begin_undo(call, id, &row);
    if (st)
        return st;
    audit(call, id, "undo");
    import_to_wire(call->arena, row, out);
    call->leaves_work = true;
    return db_rows_status(row);
}
