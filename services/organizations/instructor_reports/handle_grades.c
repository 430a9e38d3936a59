/* SPDX-License-Identifier: Apache-2.0 */
/* Yearly grades and figures of instructors. On the worker's thread, commands in their transaction. */
#include "organizations/instructors/store_instructor.h"
#include "organizations/instructor_reports/store_report.h"
#include "organizations/state.h"
#include "base/banned.h"

#define SAME(value, code) _Static_assert((value) == (int)LIANGXIN__ORGANIZATIONS__V1__INSTRUCTOR_GRADE__##code, #code)
SAME(1, INSTRUCTOR_GRADE_EXCELLENT);
SAME(4, INSTRUCTOR_GRADE_INCOMPETENT);

static YearGrade *
grade_to_wire(struct call *call, struct db_rows *rows, int row)
{
    YearGrade *out = year_grade_new(call->arena);

    out->year = (uint32_t)db_i64(rows, row, "year");
    out->grade = (InstructorGrade)word_of_code(instructor_grades, db_text(rows, row, "grade"));
    out->note = wire_text(db_text(rows, row, "note"));
    out->sending_unit = wire_text(db_text(rows, row, "sending_unit"));
    out->graded_at = arena_alloc(call->arena, INSTANT_SIZE);
    instant_format(db_instant(rows, row, "at"), out->graded_at);
    return out;
}

/* Within the scope, or NOT_FOUND. */
static status_t
grades_answer(struct call *call, const struct id *id, InstructorGrades *out)
{
    struct db_rows *instructor;
    struct db_rows *rows;
    status_t st = instructor_find(call, id, &instructor);

    if (!st)
        st = grade_list(call, id, &rows);
    if (st)
        return st;
    out->id = wire_text(db_text(instructor, 0, "id"));
    out->version = db_i64(instructor, 0, "version");
    out->n_items = (size_t)db_count(rows);
    out->items = arena_array(call->arena, out->n_items, sizeof *out->items);
    for (size_t i = 0; i < out->n_items; i++)
        out->items[i] = grade_to_wire(call, rows, (int)i);
    return db_rows_status(rows);
}

status_t
handle_list_instructor_grades(struct call *call, const InstructorReportId *in, InstructorGrades *out)
{
    struct id id = wire_read_id(in->id);

    return grades_answer(call, &id, out);
}

status_t
handle_grade_instructor(struct call *call, const GradeInstructorRequest *in, InstructorGrades *out)
{
    struct id id = wire_read_id(in->id);
    struct grade grade = { .year = (int)in->year, .grade = (int)in->grade, .note = in->note[0] ? in->note : NULL };
    struct instructor instructor;
    status_t st = instructor_open(call, &id, &instructor);

    if (!st && (grade.year > date_to_civil(call->today).year || grade.year < date_to_civil(instructor.since).year))
        st = status_field(call->arena, PROBLEM_OUT_OF_RANGE, "/year");
    if (st)
        return st;
    grade.sending_unit = instructor.sending_unit;
    grade_add(call, &id, &grade);
    instructor_touch(call, &id);
    return grades_answer(call, &id, out);
}

static date_t
first_of_year(date_t today)
{
    date_t day = today;

    (void)date_from_civil((struct civil){ .year = date_to_civil(today).year, .month = 1, .day = 1 }, &day);
    return day;
}

static char *
day_text(struct arena *arena, date_t day)
{
    char *text = arena_alloc(arena, DATE_SIZE);

    date_format(day, text);
    return text;
}

status_t
handle_count_instructors(struct call *call, const CountInstructorsRequest *in, InstructorFigures *out)
{
    const struct organizations_state *state = call->state;
    struct id organization = in->organization_id[0] ? wire_read_id(in->organization_id) : *call_scope(call);
    date_t since = wire_day_or(in->since, first_of_year(call->today));
    date_t until = wire_day_or(in->until, call->today);
    struct db_rows *row;
    status_t st;

    if (since > until)
        return status_field(call->arena, PROBLEM_BAD_DATE_ORDER, "/until");
    st = instructor_figures(call, &organization, since, until, state->settings->instructor_units, &row);
    if (st)
        return st;
    out->organization_id = arena_alloc(call->arena, ID_SIZE);
    id_format(&organization, out->organization_id);
    out->since = day_text(call->arena, since);
    out->until = day_text(call->arena, until);
    out->instructors = db_i64(row, 0, "instructors");
    out->full_time = db_i64(row, 0, "full_time");
    out->part_time = out->instructors - out->full_time;
    out->without_units = db_i64(row, 0, "without_units");
    out->over_limit = db_i64(row, 0, "over_limit");
    out->units = db_i64(row, 0, "units");
    out->visits = db_i64(row, 0, "visits");
    out->units_visited = db_i64(row, 0, "units_visited");
    out->problems = db_i64(row, 0, "problems");
    out->unrouted = db_i64(row, 0, "unrouted");
    out->answered = db_i64(row, 0, "answered");
    out->answers_overdue = db_i64(row, 0, "answers_overdue");
    out->reports_submitted = db_i64(row, 0, "reports_submitted");
    return db_rows_status(row);
}
