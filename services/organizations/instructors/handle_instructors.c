/* SPDX-License-Identifier: Apache-2.0 */
/* The register: listed, read, taken in, changed. On the worker's thread, commands in their transaction. */
#include "io/clock.h"
#include "organizations/instructors/instructor.h"
#include "organizations/instructors/instructor_history.h"
#include "organizations/instructors/store_instructor.h"
#include "organizations/state.h"
#include "base/banned.h"

static void
set_days(struct db_rows *rows, int row, Instructor *out)
{
    out->since = wire_text(db_text(rows, row, "since"));
    if (!db_is_null(rows, row, "term_ends_on")) {
        out->term_case = LIANGXIN__ORGANIZATIONS__V1__INSTRUCTOR__TERM_TERM_ENDS_ON;
        out->term_ends_on = wire_text(db_text(rows, row, "term_ends_on"));
    }
    if (!db_is_null(rows, row, "until")) {
        out->end_case = LIANGXIN__ORGANIZATIONS__V1__INSTRUCTOR__END_UNTIL;
        out->until = wire_text(db_text(rows, row, "until"));
    }
}

static void
instructor_to_wire(struct call *call, struct db_rows *rows, int row, Instructor *out)
{
    const struct organizations_state *state = call->state;

    out->id = wire_text(db_text(rows, row, "id"));
    out->person_id = wire_text(db_text(rows, row, "person_id"));
    out->name = wire_text(db_text(rows, row, "name"));
    out->organization_id = wire_text(db_text(rows, row, "organization_id"));
    out->organization_name = wire_text(db_text(rows, row, "organization_name"));
    out->sending_unit = wire_text(db_text(rows, row, "sending_unit"));
    out->full_time = db_bool(rows, row, "full_time");
    out->basis = wire_text(db_text(rows, row, "basis"));
    out->end_reason = wire_text(db_text(rows, row, "end_reason"));
    out->load = db_i64(rows, row, "load");
    out->over_limit = out->load > state->settings->instructor_units;
    out->version = db_i64(rows, row, "version");
    set_days(rows, row, out);
}

status_t
instructor_answer(struct call *call, const struct id *id, Instructor *out)
{
    struct db_rows *row;
    status_t st = instructor_find(call, id, &row);

    if (st)
        return st;
    instructor_to_wire(call, row, 0, out);
    return db_rows_status(row);
}

status_t
handle_list_instructors(struct call *call, const ListInstructorsRequest *in, InstructorPage *out)
{
    const char *filter = arena_printf(call->arena, "%s|%d", in->organization_id, in->withdrawn);
    struct db_rows *rows;
    struct page page;
    status_t st = page_open(call, filter, in->limit, in->cursor, &page);

    if (!st)
        st = instructor_list(call, in->organization_id, in->withdrawn, &page, &rows);
    if (st)
        return st;
    out->n_items = page_count(&page, rows);
    out->items = arena_array(call->arena, out->n_items, sizeof(Instructor *));
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = instructor_new(call->arena);
        instructor_to_wire(call, rows, (int)i, out->items[i]);
    }
    out->next_cursor = page_next(call, &page, rows, "id");
    return db_rows_status(rows);
}

status_t
handle_get_instructor(struct call *call, const InstructorId *in, Instructor *out)
{
    struct id id = wire_read_id(in->id);

    return instructor_answer(call, &id, out);
}

static status_t
judge_person(struct call *call, const struct instructor *wanted)
{
    struct db_rows *facts;
    status_t st = instructor_person_facts(call, wanted, &facts);

    if (st)
        return st;
    if (!db_bool(facts, 0, "person_known"))
        return status_field(call->arena, PROBLEM_NOT_FOUND, "/person_id");
    if (!db_bool(facts, 0, "organization_known"))
        return status_field(call->arena, PROBLEM_OUTSIDE_SCOPE, "/organization_id");
    if (db_bool(facts, 0, "registered"))
        return status_field(call->arena, PROBLEM_ALREADY_EXISTS, "/person_id");
    return db_rows_status(facts);
}

status_t
handle_register_instructor(struct call *call, const RegisterInstructorRequest *in, Instructor *out)
{
    struct instructor wanted = {
        .id = clock_id(),
        .person = wire_read_id(in->person_id),
        .organization = in->organization_id[0] ? wire_read_id(in->organization_id) : call->actor->organization,
        .sending_unit = in->sending_unit,
        .full_time = in->full_time,
        .basis = in->basis[0] ? in->basis : NULL,
        .since = wire_day_or(in->since, call->today),
        .term_ends_on = wire_day_or(in->term_ends_on, DATE_NONE),
    };
    status_t st = judge_person(call, &wanted);

    if (!st)
        st = instructor_judge_term(call->arena, wanted.since, wanted.term_ends_on, call->today);
    if (st)
        return st;
    instructor_insert(call, &wanted);
    instructor_note(call, &wanted.id, NULL, "registered");
    return instructor_answer(call, &wanted.id, out);
}

/* What the form brings takes the place of what stands. */
static status_t
read_form(struct call *call, const EditInstructorRequest *in, struct instructor *instructor)
{
    if (in->set_sending_unit_case ==
        LIANGXIN__ORGANIZATIONS__V1__EDIT_INSTRUCTOR_REQUEST__SET_SENDING_UNIT_SENDING_UNIT)
        instructor->sending_unit = in->sending_unit;
    if (!instructor->sending_unit[0])
        return status_field(call->arena, PROBLEM_REQUIRED, "/sending_unit");
    if (in->set_full_time_case == LIANGXIN__ORGANIZATIONS__V1__EDIT_INSTRUCTOR_REQUEST__SET_FULL_TIME_FULL_TIME)
        instructor->full_time = in->full_time;
    if (in->set_basis_case == LIANGXIN__ORGANIZATIONS__V1__EDIT_INSTRUCTOR_REQUEST__SET_BASIS_BASIS)
        instructor->basis = in->basis[0] ? in->basis : NULL;
    if (in->set_term_case != LIANGXIN__ORGANIZATIONS__V1__EDIT_INSTRUCTOR_REQUEST__SET_TERM_TERM_ENDS_ON)
        return OK;
    instructor->term_ends_on = DATE_NONE;
    if (in->term_ends_on[0] && !date_parse(slice_of(in->term_ends_on), &instructor->term_ends_on))
        return status_field(call->arena, PROBLEM_BAD_FORMAT, "/term_ends_on");
    return OK;
}

status_t
handle_edit_instructor(struct call *call, const EditInstructorRequest *in, Instructor *out)
{
    struct id id = wire_read_id(in->id);
    struct instructor instructor;
    status_t st = instructor_open(call, &id, &instructor);

    if (!st && instructor.until != DATE_NONE)
        st = status_plain(PROBLEM_INSTRUCTOR_WITHDRAWN);
    if (!st)
        st = read_form(call, in, &instructor);
    if (!st)
        st = instructor_judge_term(call->arena, instructor.since, instructor.term_ends_on, call->today);
    if (st)
        return st;
    instructor_keep(call, &instructor);
    instructor_note(call, &id, NULL, "edited");
    return instructor_answer(call, &id, out);
}
