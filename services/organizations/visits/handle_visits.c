/* SPDX-License-Identifier: Apache-2.0 */
/* Visits entered and read; their problems routed and answered. On the worker's thread, commands in their transaction.
 */
#include "io/clock.h"
#include "organizations/visits/store_visit.h"
#include "organizations/state.h"
#include "base/banned.h"

#define SAME(value, code) _Static_assert((int)(value) == (int)LIANGXIN__ORGANIZATIONS__V1__VISIT_KIND__##code, #code)
SAME(1, VISIT_KIND_VISIT);
SAME(5, VISIT_KIND_CALL);

static void
visit_to_wire(struct db_rows *rows, int row, Visit *out)
{
    out->id = wire_text(db_text(rows, row, "id"));
    out->dispatch_id = wire_text(db_text(rows, row, "dispatch_id"));
    out->instructor_id = wire_text(db_text(rows, row, "instructor_id"));
    out->instructor_name = wire_text(db_text(rows, row, "instructor_name"));
    out->unit_id = wire_text(db_text(rows, row, "unit_id"));
    out->unit_name = wire_text(db_text(rows, row, "unit_name"));
    out->visited_on = wire_text(db_text(rows, row, "visited_on"));
    out->kind = (VisitKind)word_of_code(visit_kinds, db_text(rows, row, "kind"));
    out->content = wire_text(db_text(rows, row, "content"));
    out->problem = wire_text(db_text(rows, row, "problem"));
    out->department_id = wire_text(db_text(rows, row, "department_id"));
    out->department_name = wire_text(db_text(rows, row, "department_name"));
    out->answer = wire_text(db_text(rows, row, "answer"));
    out->version = db_i64(rows, row, "version");
    if (!db_is_null(rows, row, "answer_due_on")) {
        out->due_case = LIANGXIN__ORGANIZATIONS__V1__VISIT__DUE_ANSWER_DUE_ON;
        out->answer_due_on = wire_text(db_text(rows, row, "answer_due_on"));
    }
    if (!db_is_null(rows, row, "answered_on")) {
        out->done_case = LIANGXIN__ORGANIZATIONS__V1__VISIT__DONE_ANSWERED_ON;
        out->answered_on = wire_text(db_text(rows, row, "answered_on"));
    }
}

static status_t
visit_answer(struct call *call, const struct id *id, Visit *out)
{
    struct db_rows *row;
    status_t st = visit_find(call, id, &row);

    if (st)
        return st;
    visit_to_wire(row, 0, out);
    return db_rows_status(row);
}

status_t
handle_list_visits(struct call *call, const ListVisitsRequest *in, VisitPage *out)
{
    struct visit_filter wanted = { in->dispatch_id, in->unit_id, in->unrouted };
    const char *filter = arena_printf(call->arena, "%s|%s|%d", in->dispatch_id, in->unit_id, in->unrouted);
    struct db_rows *rows;
    struct page page;
    status_t st = page_open(call, filter, in->limit, in->cursor, &page);

    if (!st)
        st = visit_list(call, &wanted, &page, &rows);
    if (st)
        return st;
    out->n_items = page_count(&page, rows);
    out->items = arena_array(call->arena, out->n_items, sizeof(Visit *));
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = visit_new(call->arena);
        visit_to_wire(rows, (int)i, out->items[i]);
    }
    out->next_cursor = page_next(call, &page, rows, "id");
    return db_rows_status(rows);
}

status_t
handle_get_visit(struct call *call, const VisitId *in, Visit *out)
{
    struct id id = wire_read_id(in->id);

    return visit_answer(call, &id, out);
}

/* To whom, and by when. */
static status_t
judge_route(struct call *call, const char *department, const char *due, const struct id *organization,
            struct visit *visit)
{
    const struct organizations_state *state = call->state;
    struct department_facts facts;
    status_t st;

    visit->department = wire_read_id(department);
    visit->answer_due_on = wire_day_or(due, call->today + (date_t)state->settings->problem_days);
    st = department_facts(call, &visit->department, organization, &facts);
    return st ? st : problem_judge_route(call->arena, &facts, visit->answer_due_on, call->today);
}

status_t
handle_enter_visit(struct call *call, const EnterVisitRequest *in, Visit *out)
{
    struct visit visit = { .id = clock_id(),
                           .visited_on = wire_day_or(in->visited_on, call->today),
                           .kind = (int)in->kind,
                           .content = in->content,
                           .problem = in->problem[0] ? in->problem : NULL,
                           .answer_due_on = DATE_NONE };
    struct visited visited;
    status_t st;

    if (!visit.problem && in->department_id[0])
        return status_field(call->arena, PROBLEM_REQUIRED, "/problem");
    st = visit_dispatch(call, in->dispatch_id, &visited);
    if (!st)
        st = visit_judge_day(call->arena, visited.since, visited.until, visit.visited_on, call->today);
    if (!st && in->department_id[0])
        st = judge_route(call, in->department_id, in->answer_due_on, &visited.organization, &visit);
    if (st)
        return st;
    visit.dispatch = visited.dispatch;
    visit_insert(call, &visit);
    return visit_answer(call, &visit.id, out);
}

status_t
handle_route_problem(struct call *call, const RouteProblemRequest *in, Visit *out)
{
    struct id id = wire_read_id(in->id);
    struct visit visit;
    status_t st = visit_open(call, &id, &visit);

    if (!st && (!visit.problem || visit.answered))
        st = status_plain(PROBLEM_PROBLEM_NOT_OPEN);
    if (!st)
        st = judge_route(call, in->department_id, in->answer_due_on, &visit.organization, &visit);
    if (st)
        return st;
    visit_route(call, &visit);
    return visit_answer(call, &id, out);
}

static void
problem_to_wire(struct call *call, struct db_rows *rows, int row, VisitProblem *out)
{
    out->id = wire_text(db_text(rows, row, "id"));
    out->unit_id = wire_text(db_text(rows, row, "unit_id"));
    out->unit_name = wire_text(db_text(rows, row, "unit_name"));
    out->instructor_name = wire_text(db_text(rows, row, "instructor_name"));
    out->problem = wire_text(db_text(rows, row, "problem"));
    out->department_id = wire_text(db_text(rows, row, "department_id"));
    out->department_name = wire_text(db_text(rows, row, "department_name"));
    out->answer_due_on = wire_text(db_text(rows, row, "answer_due_on"));
    out->answer = wire_text(db_text(rows, row, "answer"));
    out->overdue = !out->answer[0] && db_date(rows, row, "answer_due_on") < call->today;
    out->version = db_i64(rows, row, "version");
    if (!db_is_null(rows, row, "answered_on")) {
        out->done_case = LIANGXIN__ORGANIZATIONS__V1__VISIT_PROBLEM__DONE_ANSWERED_ON;
        out->answered_on = wire_text(db_text(rows, row, "answered_on"));
    }
}

status_t
handle_list_visit_problems(struct call *call, const ListVisitProblemsRequest *in, VisitProblemPage *out)
{
    struct db_rows *rows;
    struct page page;
    status_t st = page_open(call, in->answered ? "all" : "open", in->limit, in->cursor, &page);

    if (!st)
        st = visit_problem_list(call, in->answered, &page, &rows);
    if (st)
        return st;
    out->n_items = page_count(&page, rows);
    out->items = arena_array(call->arena, out->n_items, sizeof(VisitProblem *));
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = visit_problem_new(call->arena);
        problem_to_wire(call, rows, (int)i, out->items[i]);
    }
    out->next_cursor = page_next(call, &page, rows, "id");
    return db_rows_status(rows);
}

status_t
handle_answer_problem(struct call *call, const AnswerProblemRequest *in, VisitProblem *out)
{
    struct id id = wire_read_id(in->id);
    struct visit visit;
    struct db_rows *row;
    status_t st = visit_problem_open(call, &id, &visit);

    if (!st && visit.answered)
        st = status_plain(PROBLEM_PROBLEM_NOT_OPEN);
    if (st)
        return st;
    visit_answer_problem(call, &visit, in->answer);
    st = visit_problem_find(call, &id, &row);
    if (st)
        return st;
    problem_to_wire(call, row, 0, out);
    return db_rows_status(row);
}
