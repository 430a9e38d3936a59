/* SPDX-License-Identifier: Apache-2.0 */
/* Imports taken in and committed: both only leave work for the jobs thread. */
#include "io/clock.h"
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

status_t
handle_create_import(struct call *call, const CreateImportRequest *in, Import *out)
{
    struct import_draft *draft = arena_alloc(call->arena, sizeof *draft);

    if (!id_is_nil(&call->actor->own)) /* ledgers are judged by an organization's line */
        return status_plain(PROBLEM_DENIED);
    *draft = (struct import_draft){ .id = clock_id(),
                                    .ledger = word_code(ledger_names, (int)in->ledger),
                                    .file_name = in->file_name,
                                    .content = slice_make(in->content.data, in->content.len) };
    import_insert(call, draft);
    audit(call, &draft->id, arena_printf(call->arena, "%s|%.*s", draft->ledger, NAME_LIMIT, in->file_name));
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
