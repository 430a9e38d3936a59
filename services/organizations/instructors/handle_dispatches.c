/* SPDX-License-Identifier: Apache-2.0 */
/* Dispatches begun, planned, ended; an instructor withdrawn and his units handed over. On the worker's thread, in its
 * transaction. */
#include "io/clock.h"
#include "organizations/instructors/instructor_history.h"
#include "organizations/instructors/store_dispatch.h"
#include "base/banned.h"

static void
dispatch_to_wire(struct db_rows *rows, int row, Dispatch *out)
{
    out->id = wire_text(db_text(rows, row, "id"));
    out->instructor_id = wire_text(db_text(rows, row, "instructor_id"));
    out->instructor_name = wire_text(db_text(rows, row, "instructor_name"));
    out->unit_id = wire_text(db_text(rows, row, "unit_id"));
    out->unit_code = wire_text(db_text(rows, row, "unit_code"));
    out->unit_name = wire_text(db_text(rows, row, "unit_name"));
    out->sending_unit = wire_text(db_text(rows, row, "sending_unit"));
    out->full_time = db_bool(rows, row, "full_time");
    out->basis = wire_text(db_text(rows, row, "basis"));
    out->since = wire_text(db_text(rows, row, "since"));
    out->visit_days = db_i64(rows, row, "visit_days");
    out->version = db_i64(rows, row, "version");
    if (!db_is_null(rows, row, "until")) {
        out->end_case = LIANGXIN__ORGANIZATIONS__V1__DISPATCH__END_UNTIL;
        out->until = wire_text(db_text(rows, row, "until"));
    }
    if (!db_is_null(rows, row, "visited_on")) {
        out->last_case = LIANGXIN__ORGANIZATIONS__V1__DISPATCH__LAST_VISITED_ON;
        out->visited_on = wire_text(db_text(rows, row, "visited_on"));
    }
    if (!db_is_null(rows, row, "visit_due_on")) {
        out->next_case = LIANGXIN__ORGANIZATIONS__V1__DISPATCH__NEXT_VISIT_DUE_ON;
        out->visit_due_on = wire_text(db_text(rows, row, "visit_due_on"));
    }
}

status_t
handle_list_dispatches(struct call *call, const ListDispatchesRequest *in, DispatchPage *out)
{
    struct dispatch_filter wanted = { in->instructor_id, in->unit_id, in->over };
    const char *filter = arena_printf(call->arena, "%s|%s|%d", in->instructor_id, in->unit_id, in->over);
    struct db_rows *rows;
    struct page page;
    status_t st = page_open(call, filter, in->limit, in->cursor, &page);

    if (!st)
        st = dispatch_list(call, &wanted, &page, &rows);
    if (st)
        return st;
    out->n_items = page_count(&page, rows);
    out->items = arena_array(call->arena, out->n_items, sizeof(Dispatch *));
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = dispatch_new(call->arena);
        dispatch_to_wire(rows, (int)i, out->items[i]);
    }
    out->next_cursor = page_next(call, &page, rows, "id");
    return db_rows_status(rows);
}

status_t
handle_dispatch_instructor(struct call *call, const DispatchInstructorRequest *in, Instructor *out)
{
    struct id id = wire_read_id(in->id);
    struct dispatch dispatch = { .id = clock_id(),
                                 .unit = wire_read_id(in->unit_id),
                                 .since = wire_day_or(in->since, call->today),
                                 .basis = in->basis[0] ? in->basis : NULL,
                                 .visit_days = in->visit_days };
    struct instructor instructor;
    struct dispatch_facts facts;
    status_t st = instructor_open(call, &id, &instructor);

    if (!st)
        st = dispatch_facts(call, &instructor, &dispatch.unit, dispatch.since, &facts);
    if (!st)
        st = dispatch_judge_begin(call->arena, &facts, dispatch.since, call->today);
    if (st)
        return st;
    dispatch_begin(call, &instructor, &dispatch);
    instructor_touch(call, &id);
    instructor_note(call, &id, &dispatch.id, "dispatched");
    return instructor_answer(call, &id, out);
}

/* The one dispatch to this unit that lasts. */
static status_t
open_one(struct call *call, const char *instructor, const char *unit, struct id *ret_dispatch, date_t *ret_since)
{
    struct id id = wire_read_id(instructor);
    struct id at = wire_read_id(unit);
    struct instructor opened;
    struct db_rows *rows;
    status_t st = instructor_open(call, &id, &opened);

    if (!st)
        st = dispatch_open(call, &id, &at, &rows);
    if (st)
        return st;
    if (db_count(rows) == 0)
        return status_field(call->arena, PROBLEM_NOT_FOUND, "/unit_id");
    *ret_dispatch = db_id(rows, 0, "id");
    *ret_since = db_date(rows, 0, "since");
    return db_rows_status(rows);
}

status_t
handle_recall_instructor(struct call *call, const RecallInstructorRequest *in, Instructor *out)
{
    struct id id = wire_read_id(in->id);
    date_t until = wire_day_or(in->until, call->today);
    struct id dispatch;
    date_t since;
    status_t st = open_one(call, in->id, in->unit_id, &dispatch, &since);

    if (!st)
        st = dispatch_judge_end(call->arena, since, until, call->today);
    if (st)
        return st;
    dispatch_end(call, &dispatch, until);
    instructor_touch(call, &id);
    instructor_note(call, &id, &dispatch, "recalled");
    return instructor_answer(call, &id, out);
}

status_t
handle_plan_visits(struct call *call, const PlanVisitsRequest *in, Instructor *out)
{
    struct id id = wire_read_id(in->id);
    struct id dispatch;
    date_t since;
    status_t st = open_one(call, in->id, in->unit_id, &dispatch, &since);

    if (st)
        return st;
    dispatch_plan(call, &dispatch, in->visit_days);
    instructor_touch(call, &id);
    instructor_note(call, &id, &dispatch, arena_printf(call->arena, "planned %u", in->visit_days));
    return instructor_answer(call, &id, out);
}

/* One unit goes over. Whoever hands over need not reach the unit: it was the other's already. */
static status_t
pass_on(struct call *call, const struct instructor *successor, const struct id *unit, date_t since)
{
    struct dispatch dispatch = { .id = clock_id(), .unit = *unit, .since = since };
    struct dispatch_facts facts;
    status_t st = dispatch_facts(call, successor, unit, since, &facts);

    if (st)
        return st;
    facts.unit_reached = true;
    st = dispatch_judge_begin(call->arena, &facts, since, call->today);
    if (st)
        return st;
    dispatch_begin(call, successor, &dispatch);
    instructor_note(call, &successor->id, &dispatch.id, "took over");
    return OK;
}

static status_t
end_all(struct call *call, const struct instructor *instructor, const struct instructor *successor, date_t until)
{
    struct db_rows *rows;
    status_t st = dispatch_open(call, &instructor->id, NULL, &rows);

    for (int i = 0; !st && i < db_count(rows); i++) {
        struct id dispatch = db_id(rows, i, "id");
        struct id unit = db_id(rows, i, "unit_id");

        st = dispatch_judge_end(call->arena, db_date(rows, i, "since"), until, call->today);
        if (st)
            break;
        dispatch_end(call, &dispatch, until);
        instructor_note(call, &instructor->id, &dispatch, "ended");
        if (successor)
            st = pass_on(call, successor, &unit, until);
    }
    return st ? st : db_rows_status(rows);
}

/* Both rows are locked; the successor is another one within reach. */
static status_t
open_successor(struct call *call, const struct id *id, const char *successor_id, struct instructor *successor)
{
    struct id other = wire_read_id(successor_id);
    status_t st = instructor_open_any(call, &other, successor);

    if (st)
        return status_is(st, PROBLEM_NOT_FOUND) ? status_field(call->arena, PROBLEM_NOT_FOUND, "/successor_id") : st;
    return id_equal(id, &other) ? status_field(call->arena, PROBLEM_ALREADY_EXISTS, "/successor_id") : OK;
}

status_t
handle_withdraw_instructor(struct call *call, const WithdrawInstructorRequest *in, Instructor *out)
{
    struct id id = wire_read_id(in->id);
    bool replaced = in->successor_id[0] != '\0';
    struct id other = replaced ? wire_read_id(in->successor_id) : id;
    date_t until = wire_day_or(in->until, call->today);
    struct instructor instructor;
    struct instructor successor;
    status_t st;

    instructor_lock_pair(call, &id, &other);
    st = instructor_open(call, &id, &instructor);
    if (!st && instructor.until != DATE_NONE)
        st = status_plain(PROBLEM_INSTRUCTOR_WITHDRAWN);
    if (!st && replaced)
        st = open_successor(call, &id, in->successor_id, &successor);
    if (!st)
        st = dispatch_judge_end(call->arena, instructor.since, until, call->today);
    if (!st)
        st = end_all(call, &instructor, replaced ? &successor : NULL, until);
    if (st)
        return st;
    instructor_end(call, &id, until, in->reason);
    instructor_note(call, &id, NULL, "withdrawn");
    if (replaced)
        instructor_touch(call, &successor.id);
    return instructor_answer(call, &id, out);
}
