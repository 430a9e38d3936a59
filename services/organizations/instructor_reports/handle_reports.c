/* SPDX-License-Identifier: Apache-2.0 */
/* Half-year reports begun, written, submitted, returned. On the worker's thread, commands in their transaction. */
#include "io/clock.h"
#include "organizations/instructor_reports/store_report.h"
#include "organizations/state.h"
#include "base/banned.h"

#define SAME(value, code) _Static_assert((int)(value) == (int)LIANGXIN__ORGANIZATIONS__V1__REPORT_STATE__##code, #code)
SAME(REPORT_DRAFT, REPORT_STATE_DRAFT);
SAME(REPORT_RETURNED, REPORT_STATE_RETURNED);

static void
report_to_wire(struct call *call, struct db_rows *rows, int row, InstructorReport *out)
{
    const struct organizations_state *state = call->state;
    struct half_year half = { (int)db_i64(rows, row, "year"), (int)db_i64(rows, row, "half") };

    out->id = wire_text(db_text(rows, row, "id"));
    out->instructor_id = wire_text(db_text(rows, row, "instructor_id"));
    out->instructor_name = wire_text(db_text(rows, row, "instructor_name"));
    out->year = (uint32_t)half.year;
    out->half = (uint32_t)half.half;
    out->state = (ReportState)word_of_code(report_states, db_text(rows, row, "state"));
    out->content = wire_text(db_text(rows, row, "content"));
    out->return_reason = wire_text(db_text(rows, row, "return_reason"));
    out->due_on = arena_alloc(call->arena, DATE_SIZE);
    date_format(half_year_last(half) + (date_t)state->settings->report_days, out->due_on);
    out->version = db_i64(rows, row, "version");
    if (!db_is_null(rows, row, "submitted_on")) {
        out->done_case = LIANGXIN__ORGANIZATIONS__V1__INSTRUCTOR_REPORT__DONE_SUBMITTED_ON;
        out->submitted_on = wire_text(db_text(rows, row, "submitted_on"));
    }
}

static status_t
report_answer(struct call *call, const struct id *id, InstructorReport *out)
{
    struct db_rows *row;
    status_t st = report_find(call, id, &row);

    if (st)
        return st;
    report_to_wire(call, row, 0, out);
    return db_rows_status(row);
}

status_t
handle_list_instructor_reports(struct call *call, const ListInstructorReportsRequest *in, InstructorReportPage *out)
{
    struct db_rows *rows;
    struct page page;
    status_t st = page_open(call, in->instructor_id, in->limit, in->cursor, &page);

    if (!st)
        st = report_list(call, in->instructor_id, &page, &rows);
    if (st)
        return st;
    out->n_items = page_count(&page, rows);
    out->items = arena_array(call->arena, out->n_items, sizeof(InstructorReport *));
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = instructor_report_new(call->arena);
        report_to_wire(call, rows, (int)i, out->items[i]);
    }
    out->next_cursor = page_next(call, &page, rows, "id");
    return db_rows_status(rows);
}

status_t
handle_get_instructor_report(struct call *call, const InstructorReportId *in, InstructorReport *out)
{
    struct id id = wire_read_id(in->id);

    return report_answer(call, &id, out);
}

static status_t
text_from_visits(struct call *call, const struct report *report, const char **ret_text)
{
    struct unit_visits *units;
    struct db_rows *rows;
    status_t st = report_visits(call, &report->instructor, report->half, &rows);

    if (st)
        return st;
    units = arena_array(call->arena, (size_t)db_count(rows) + 1, sizeof *units);
    for (int i = 0; i < db_count(rows); i++)
        units[i] = (struct unit_visits){ .unit = db_text(rows, i, "unit"),
                                         .visits = db_i64(rows, i, "visits"),
                                         .last = db_date(rows, i, "last"),
                                         .problems = db_i64(rows, i, "problems"),
                                         .answered = db_i64(rows, i, "answered") };
    *ret_text = report_text(call->arena, report->half, units, (size_t)db_count(rows));
    return db_rows_status(rows);
}

status_t
handle_draft_instructor_report(struct call *call, const DraftInstructorReportRequest *in, InstructorReport *out)
{
    struct report report = { .id = clock_id(),
                             .instructor = wire_read_id(in->instructor_id),
                             .half = { (int)in->year, (int)in->half } };
    struct db_rows *author;
    const char *text;
    status_t st = report_author(call, &report.instructor, report.half, &author);

    if (!st)
        st = report_judge_begin(call->arena, report.half, db_date(author, 0, "since"), db_date(author, 0, "until"),
                                call->today);
    if (!st && db_bool(author, 0, "taken"))
        st = status_field(call->arena, PROBLEM_ALREADY_EXISTS, "/half");
    if (!st)
        st = text_from_visits(call, &report, &text);
    if (st)
        return st;
    report_insert(call, &report, text);
    return report_answer(call, &report.id, out);
}

status_t
handle_edit_instructor_report(struct call *call, const EditInstructorReportRequest *in, InstructorReport *out)
{
    struct id id = wire_read_id(in->id);
    struct report report;
    status_t st = report_open(call, &id, false, &report);

    if (!st)
        st = report_judge_state(report.state, false);
    if (st)
        return st;
    report_write(call, &report, in->content);
    return report_answer(call, &id, out);
}

status_t
handle_submit_instructor_report(struct call *call, const InstructorReportId *in, InstructorReport *out)
{
    struct id id = wire_read_id(in->id);
    struct report report;
    status_t st = report_open(call, &id, false, &report);

    if (!st)
        st = report_judge_state(report.state, false);
    if (st)
        return st;
    report_submit(call, &report);
    return report_answer(call, &id, out);
}

status_t
handle_return_instructor_report(struct call *call, const ReturnInstructorReportRequest *in, InstructorReport *out)
{
    struct id id = wire_read_id(in->id);
    struct report report;
    status_t st = report_open(call, &id, true, &report);

    if (!st)
        st = report_judge_state(report.state, true);
    if (st)
        return st;
    report_return(call, &report, in->reason);
    return report_answer(call, &id, out);
}
