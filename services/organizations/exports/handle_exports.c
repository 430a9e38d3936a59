/* SPDX-License-Identifier: Apache-2.0 */
/* Exports asked for, looked at and cancelled. On the worker's thread; the work is the job's. */
#include <liangxin/organizations/v1/organizations.facts.h>

#include "io/clock.h"
#include "organizations/exports/export_ledger.h"
#include "organizations/exports/store_export.h"
#include "organizations/imports/outcomes.h"
#include "organizations/wire.h"
#include "organizations/words.h"
#include "rpc/audit.h"
#include "base/banned.h"

/* In the order of the enums. */
static const struct word formats[] = { { "XLSX", "xlsx" }, { "CSV", "csv" }, { 0 } };
static const struct word states[] = { { "排队", "queued" }, { "进行中", "running" },   { "已完成", "succeeded" },
                                      { "失败", "failed" }, { "已取消", "cancelled" }, { 0 } };

static status_t
answer(struct call *call, struct db_rows *row, Export *out)
{
    char *created_at = arena_alloc(call->arena, INSTANT_SIZE);

    instant_format(db_instant(row, 0, "created_at"), created_at);
    out->id = wire_text(db_text(row, 0, "id"));
    out->ledger = (Ledger)word_of_code(ledger_names, db_text(row, 0, "ledger"));
    out->format = (ExportFormat)word_of_code(formats, db_text(row, 0, "format"));
    out->state = (ExportState)word_of_code(states, db_text(row, 0, "state"));
    out->done = db_i64(row, 0, "done");
    out->file_id = wire_text(db_text(row, 0, "file_id"));
    out->problem = wire_text(db_text(row, 0, "problem"));
    out->created_at = created_at;
    return db_rows_status(row);
}

/* Whoever may not read a ledger may not carry it away, and whole numbers are a reveal. */
static status_t
judge(struct call *call, const CreateExportRequest *in)
{
    const struct export_ledger *ledger = export_ledger_find(word_code(ledger_names, (int)in->ledger));

    if (!ledger || !actor_may(call->actor, ledger->permission))
        return status_plain(PROBLEM_DENIED);
    if (in->reason[0] && !actor_may(call->actor, organizations_reveal_member.permission))
        return status_plain(PROBLEM_DENIED);
    return OK;
}

static void
audit(struct call *call, const struct export_draft *draft)
{
    const char *what =
        arena_printf(call->arena, "%s|%s|%s", draft->ledger, draft->format, draft->target ? draft->target : "");

    audit_add(call, &(struct audit_entry){
                        .object = "export", .id = &draft->id, .after = slice_of(what), .reason = draft->reason });
}

status_t
handle_create_export(struct call *call, const CreateExportRequest *in, Export *out)
{
    struct export_draft *draft = arena_alloc(call->arena, sizeof *draft);
    struct db_rows *row;
    status_t st = judge(call, in);

    if (st)
        return st;
    *draft = (struct export_draft){ .id = clock_id(),
                                    .ledger = word_code(ledger_names, (int)in->ledger),
                                    .format = word_code(formats, in->format ? (int)in->format : 1),
                                    .target = in->organization_id[0] ? in->organization_id : NULL,
                                    .reason = in->reason[0] ? in->reason : NULL };
    st = export_insert(call, draft, &row);
    if (st)
        return st;
    audit(call, draft);
    call->leaves_work = true;
    return answer(call, row, out);
}

status_t
handle_get_export(struct call *call, const ExportId *in, Export *out)
{
    struct id id = wire_read_id(in->id);
    struct db_rows *row;
    status_t st = export_find(call, &id, &row);

    return st ? st : answer(call, row, out);
}

status_t
handle_cancel_export(struct call *call, const ExportId *in, Export *out)
{
    struct id *id = arena_alloc(call->arena, sizeof *id);
    struct db_rows *row;
    status_t st;

    *id = wire_read_id(in->id);
    st = export_cancel(call, id, &row);
    if (st)
        return st;
    audit_add(call, &(struct audit_entry){ .object = "export", .id = id, .after = slice_of("cancel") });
    return answer(call, row, out);
}
