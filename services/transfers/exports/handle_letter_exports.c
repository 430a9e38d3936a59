/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of letters asked for, looked at, listed, cancelled and fetched. On the worker's thread; the work is the job's.
 */
#include <liangxin/organizations/v1/organizations.facts.h>

#include "io/clock.h"
#include "rpc/document_job.h"
#include "rpc/page.h"
#include "transfers/documents.h"
#include "base/banned.h"

static void
to_wire(const struct document_job *job, LetterExport *out)
{
    const CreateLetterExportRequest *wish = (const CreateLetterExportRequest *)job->wish;

    out->id = job->id;
    out->format =
        wish->format ? wish->format : LIANGXIN__TRANSFERS__V1__LETTER_EXPORT_FORMAT__LETTER_EXPORT_FORMAT_XLSX;
    out->state = (LetterExportState)job->state;
    out->total = job->total;
    out->done = job->done;
    out->problem = job->problem;
    out->created_at = job->created_at;
    out->file_name = job->file_name;
    out->expires_at = job->expires_at;
    out->member_id = wish->member_id;
    out->since = wish->since;
    out->until = wish->until;
    if (wish->which_case != LIANGXIN__TRANSFERS__V1__CREATE_LETTER_EXPORT_REQUEST__WHICH__NOT_SET) {
        out->which_case = LIANGXIN__TRANSFERS__V1__LETTER_EXPORT__WHICH_LETTER_STATE;
        out->letter_state = wish->state;
    }
}

/* A member reads his own letters and carries nobody's away; whole numbers are a reveal. */
static status_t
judge(struct call *call, const CreateLetterExportRequest *in)
{
    struct viewer viewer = viewer_of(call);
    date_t since = DATE_NONE;
    date_t until = DATE_NONE;

    if (viewer.person || (in->reason[0] && !actor_may(call->actor, organizations_reveal_member.permission)))
        return status_plain(PROBLEM_DENIED);
    if (in->since[0] && in->until[0] && date_parse(slice_of(in->since), &since) &&
        date_parse(slice_of(in->until), &until) && until < since)
        return status_field(call->arena, PROBLEM_BAD_DATE_ORDER, "/until");
    return OK;
}

status_t
handle_create_letter_export(struct call *call, const CreateLetterExportRequest *in, LetterExport *out)
{
    struct document_wish *wish = arena_alloc(call->arena, sizeof *wish);
    struct document_job job;
    status_t st = judge(call, in);

    if (st)
        return st;
    *wish = (struct document_wish){ .kind = letter_export_kind.name,
                                    .id = clock_id(),
                                    .request = &in->base,
                                    .reason = in->reason[0] ? in->reason : NULL };
    document_job_ask(call, wish, &job);
    to_wire(&job, out);
    return OK;
}

status_t
handle_get_letter_export(struct call *call, const LetterExportId *in, LetterExport *out)
{
    struct document_job job;
    status_t st = document_job_find(call, letter_export_kind.name, in->id, letter_export_kind.wish, &job);

    if (!st)
        to_wire(&job, out);
    return st;
}

status_t
handle_list_letter_exports(struct call *call, const ListLetterExportsRequest *in, LetterExportPage *out)
{
    struct document_job *jobs;
    struct page page;
    size_t found;
    status_t st = page_open(call, letter_export_kind.name, in->limit, in->cursor, &page);

    if (!st)
        st = document_job_list(call, letter_export_kind.name, page.after, page.limit + 1, letter_export_kind.wish,
                               &jobs, &found);
    if (st)
        return st;
    out->n_items = found < (size_t)page.limit ? found : (size_t)page.limit;
    out->items = arena_array(call->arena, out->n_items, sizeof(LetterExport *));
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = letter_export_new(call->arena);
        to_wire(&jobs[i], out->items[i]);
    }
    if (found > out->n_items)
        out->next_cursor = page_cursor(call, &page, jobs[out->n_items - 1].id);
    return OK;
}

status_t
handle_cancel_letter_export(struct call *call, const LetterExportId *in, LetterExport *out)
{
    struct document_job job;
    status_t st = document_job_cancel(call, letter_export_kind.name, in->id, letter_export_kind.wish, &job);

    if (!st)
        to_wire(&job, out);
    return st;
}

status_t
handle_get_letter_export_content(struct call *call, const GetLetterExportContentRequest *in, PaperContent *out)
{
    return document_content(call, &letter_export_kind, in->id, in->offset, out);
}
