/* SPDX-License-Identifier: Apache-2.0 */
/* Exports asked for, looked at, listed and cancelled. On the worker's thread; the work is the job's. */
#include <liangxin/organizations/v1/organizations.facts.h>

#include "io/clock.h"
#include "organizations/exports/export_ledger.h"
#include "organizations/exports/job_exports.h"
#include "organizations/imports/outcomes.h"
#include "organizations/organizations/store_organization.h"
#include "organizations/wire.h"
#include "organizations/words.h"
#include "rpc/document_job.h"
#include "rpc/page.h"
#include "base/banned.h"

#define WISH (&liangxin__organizations__v1__create_export_request__descriptor)

static void
to_wire(const struct document_job *job, Export *out)
{
    const CreateExportRequest *wish = (const CreateExportRequest *)job->wish;

    out->id = job->id;
    out->ledger = wish->ledger;
    out->format = wish->format ? wish->format : LIANGXIN__ORGANIZATIONS__V1__EXPORT_FORMAT__EXPORT_FORMAT_XLSX;
    out->state = (ExportState)job->state;
    out->total = job->total;
    out->done = job->done;
    out->file_id = job->file_id;
    out->problem = job->problem;
    out->created_at = job->created_at;
    out->expires_at = job->expires_at;
    out->organization_id = wish->organization_id;
    out->code = wish->code;
    out->superior_id = wish->superior_id;
    out->as_of = wish->as_of;
}

/* Whoever may not read a ledger may not carry it away, and whole numbers are a reveal. */
static status_t
judge(struct call *call, const struct export_ledger *ledger, const CreateExportRequest *in)
{
    if (!ledger || !actor_may(call->actor, ledger->permission))
        return status_plain(PROBLEM_DENIED);
    if (in->reason[0] && !actor_may(call->actor, organizations_reveal_member.permission))
        return status_plain(PROBLEM_DENIED);
    return OK;
}

/* A filter that the ledger does not know would be an export of something else. */
static status_t
judge_filters(struct call *call, const struct export_ledger *ledger, const CreateExportRequest *in)
{
    const struct {
        const char *value;
        enum export_filter filter;
        const char *pointer;
    } filters[] = { { in->code, EXPORT_BY_CODE, "/code" },
                    { in->superior_id, EXPORT_BY_SUPERIOR, "/superior_id" },
                    { in->as_of, EXPORT_OF_DAY, "/as_of" } };
    date_t day = DATE_NONE;

    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
        if (filters[i].value[0] && !(ledger->filters & filters[i].filter))
            return status_field(call->arena, PROBLEM_UNKNOWN_PARAMETER, filters[i].pointer);
    if (in->as_of[0] && date_parse(slice_of(in->as_of), &day) && day > call->today)
        return status_field(call->arena, PROBLEM_OUT_OF_RANGE, "/as_of");
    return OK;
}

static status_t
find_target(struct call *call, const char *organization)
{
    struct db_rows *row;
    struct id id;

    if (!organization[0])
        return OK;
    id = wire_read_id(organization);
    return organization_find(call, &id, &row);
}

status_t
handle_create_export(struct call *call, const CreateExportRequest *in, Export *out)
{
    const struct export_ledger *ledger = export_ledger_find(word_code(ledger_names, (int)in->ledger));
    struct document_wish *wish = arena_alloc(call->arena, sizeof *wish);
    struct document_job job;
    status_t st = judge(call, ledger, in);

    if (!st)
        st = judge_filters(call, ledger, in);
    if (!st)
        st = find_target(call, in->organization_id);
    if (st)
        return st;
    *wish = (struct document_wish){
        .kind = EXPORT_KIND, .id = clock_id(), .request = &in->base, .reason = in->reason[0] ? in->reason : NULL
    };
    document_job_ask(call, wish, &job);
    to_wire(&job, out);
    return OK;
}

status_t
handle_get_export(struct call *call, const ExportId *in, Export *out)
{
    struct document_job job;
    status_t st = document_job_find(call, EXPORT_KIND, in->id, WISH, &job);

    if (!st)
        to_wire(&job, out);
    return st;
}

status_t
handle_list_exports(struct call *call, const ListExportsRequest *in, ExportPage *out)
{
    struct document_job *jobs;
    struct page page;
    size_t found;
    status_t st = page_open(call, EXPORT_KIND, in->limit, in->cursor, &page);

    if (!st)
        st = document_job_list(call, EXPORT_KIND, page.after, page.limit + 1, WISH, &jobs, &found);
    if (st)
        return st;
    out->n_items = found < (size_t)page.limit ? found : (size_t)page.limit;
    out->items = arena_array(call->arena, out->n_items, sizeof(Export *));
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = export_new(call->arena);
        to_wire(&jobs[i], out->items[i]);
    }
    if (found > out->n_items)
        out->next_cursor = page_cursor(call, &page, jobs[out->n_items - 1].id);
    return OK;
}

status_t
handle_cancel_export(struct call *call, const ExportId *in, Export *out)
{
    struct document_job job;
    status_t st = document_job_cancel(call, EXPORT_KIND, in->id, WISH, &job);

    if (!st)
        to_wire(&job, out);
    return st;
}
