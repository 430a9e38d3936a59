/* SPDX-License-Identifier: Apache-2.0 */
/* One sheet printed and fetched. A print is counted and audited; its picture is made whenever it is fetched and stored
 * nowhere, since the same sheet is the same bytes. On the worker's thread. */
#include <liangxin/transfers/v1/transfers.handlers.h>

#include "rpc/audit.h"
#include "rpc/file_store.h"
#include "transfers/paper/drawing.h"
#include "transfers/paper/store_paper.h"
#include "base/banned.h"

static status_t
judge(struct call *call, const struct paper_kind *kind, const struct letter_view *view)
{
    if (!actor_may(call->actor, kind->permission) || !paper_kind_covered(kind, &view->coverage))
        return status_plain(PROBLEM_NOT_YOUR_STEP);
    if (!view->letter.number.year || !paper_kind_allows(kind, view->letter.state))
        return status_detail(call->arena, PROBLEM_STATE_FORBIDS, "the letter is %s",
                             letter_state_code(view->letter.state));
    return OK;
}

/* Two numbers of the member go out in the clear. */
static void
audit(struct call *call, const struct paper_kind *kind, const struct id *letter, uint32_t copy)
{
    struct id *id = arena_copy(call->arena, letter, sizeof *letter);
    const char *what = arena_printf(call->arena, "%s|%u", kind->code, copy);

    audit_add(call, &(struct audit_entry){ .object = "paper", .id = id, .after = slice_of(what), .reason = "打印" });
}

status_t
handle_print_paper(struct call *call, const PrintPaperRequest *in, Paper *out)
{
    const struct paper_kind *kind = paper_kind_of((int)in->kind);
    struct id id = id_of(in->id);
    char *printed_at = arena_alloc(call->arena, INSTANT_SIZE);
    struct letter_view view;
    status_t st = letter_lock(call, &id, &view);

    if (!st)
        st = judge(call, kind, &view);
    if (!st)
        st = paper_count(call, kind, &id, 1, NULL, &out->copy);
    if (st)
        return st;
    audit(call, kind, &id, out->copy);
    instant_format(call->now, printed_at);
    out->letter_id = in->id;
    out->kind = (PaperKind)paper_kind_to_wire(kind);
    out->printed_at = printed_at;
    return OK;
}

static status_t
draw(struct call *call, struct paper_sheet *sheet, struct slice *ret_pdf)
{
    struct drawing *drawing;
    status_t st = drawing_new(call->arena, sheet->printed_on, sheet->kind->title, &drawing);

    if (st)
        return st;
    drawing_page(drawing, sheet->kind->form, &sheet->values);
    st = drawing_close(drawing, ret_pdf);
    if (!st)
        *ret_pdf = slice_make(arena_copy(call->arena, ret_pdf->data, ret_pdf->size), ret_pdf->size);
    drawing_free(drawing);
    return st;
}

static status_t
find_printed(struct call *call, const struct id *letter, const struct paper_kind *kind, uint32_t copy,
             struct paper_sheet *ret_sheet)
{
    status_t st = paper_find(call, letter, kind, copy, ret_sheet);

    return st && status_is(st, PROBLEM_NOT_FOUND)
               ? status_detail(call->arena, PROBLEM_STATE_FORBIDS, "you have not printed this sheet")
               : st;
}

status_t
handle_get_paper(struct call *call, const GetPaperRequest *in, PaperContent *out)
{
    const struct paper_kind *kind = paper_kind_of((int)in->kind);
    struct id id = id_of(in->id);
    struct letter_view view;
    struct paper_sheet sheet;
    struct slice pdf;
    size_t from;
    status_t st = letter_find(call, &id, &view); /* is there such a letter for him at all? */

    if (!st)
        st = find_printed(call, &id, kind, in->copy, &sheet);
    if (!st)
        st = draw(call, &sheet, &pdf);
    if (st)
        return st;
    paper_sheet_wipe(&sheet);
    from = (size_t)in->offset < pdf.size ? (size_t)in->offset : pdf.size;
    out->data.data = (uint8_t *)(uintptr_t)pdf.data + from;
    out->data.len = pdf.size - from < FILE_CHUNK ? pdf.size - from : FILE_CHUNK;
    out->size = (int64_t)pdf.size;
    out->media_type = arena_text(call->arena, "application/pdf");
    out->file_name =
        arena_printf(call->arena, "%s-%s-%u.pdf", kind->title, sheet.values.text[SHEET_NUMBER], sheet.copy);
    return OK;
}
