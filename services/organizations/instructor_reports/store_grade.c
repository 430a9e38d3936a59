/* SPDX-License-Identifier: Apache-2.0 */
/* Grades of years and figures of instructors. On the worker's thread. */
#include "io/clock.h"
#include "organizations/instructors/instructor_history.h"
#include "organizations/instructor_reports/store_report.h"
#include "base/banned.h"

const struct db_statement sql_grade_list = {
    "grade_list",
    "SELECT DISTINCT ON (g.year) g.year, g.grade, g.note, g.sending_unit, g.at FROM instructor_grade_history g"
    " WHERE g.instructor_id = $1 ORDER BY g.year DESC, g.id DESC",
};

status_t
grade_list(struct call *call, const struct id *instructor, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, instructor);
    return db_query(call->db, call->arena, &sql_grade_list, &args, ret_rows);
}

const struct db_statement sql_grade_add = {
    "grade_add",
    "INSERT INTO instructor_grade_history (id, instructor_id, year, grade, note, sending_unit, at, account_id, role,"
    "                                      organization_id)"
    " VALUES ($1, $2, $3::int, $4, $5, $6, $7, $8, $9, $10)",
};

void
grade_add(struct call *call, const struct id *instructor, const struct grade *grade)
{
    struct id id = clock_id();
    struct db_args args = { 0 };

    db_arg_id(&args, &id);
    db_arg_id(&args, instructor);
    db_arg_i64(&args, grade->year);
    db_arg_text(&args, word_code(instructor_grades, grade->grade));
    db_arg_text(&args, grade->note);
    db_arg_text(&args, grade->sending_unit);
    db_arg_instant(&args, call->now);
    db_arg_id(&args, &call->actor->account);
    db_arg_text(&args, call->actor->role);
    db_arg_id(&args, &call->actor->organization);
    db_queue(call->db, &sql_grade_add, &args);
    instructor_note(call, instructor, NULL, arena_printf(call->arena, "graded %d", grade->year));
}

/* $1: scope, $2: organization, $3, $4: first and last day, $5: units that are not too many, $6: today */
const struct db_statement sql_instructor_figures = {
    "instructor_figures",
    "WITH top AS MATERIALIZED (SELECT l.descendant AS id, l.descendant = $1 AS own FROM organization_scope l"
    "                           WHERE l.descendant = $2 AND l.ancestor = $1),"
    " those AS MATERIALIZED (SELECT i.id, i.full_time, i.until FROM top"
    "                          JOIN organization_scope l ON l.ancestor = top.id AND (l.by_line OR top.own)"
    "                          JOIN instructor i ON i.organization_id = l.descendant),"
    " looked AS MATERIALIZED (SELECT i.id, i.full_time, count(t.id) AS units FROM those i"
    "                           LEFT JOIN (dispatch d JOIN person_post t ON t.id = d.id AND t.until IS NULL)"
    "                             ON d.instructor_id = i.id"
    "                          WHERE i.until IS NULL GROUP BY i.id, i.full_time),"
    " seen AS MATERIALIZED (SELECT t.unit_id, v.problem, v.department_id, v.answer, v.answer_due_on FROM those i"
    "                         JOIN dispatch d ON d.instructor_id = i.id JOIN person_post t ON t.id = d.id"
    "                         JOIN visit v ON v.dispatch_id = d.id AND v.visited_on BETWEEN $3::date AND $4::date)"
    " SELECT (SELECT count(*) FROM looked) AS instructors, (SELECT count(*) FROM looked WHERE full_time) AS full_time,"
    "        (SELECT count(*) FROM looked WHERE units = 0) AS without_units,"
    "        (SELECT count(*) FROM looked WHERE units > $5) AS over_limit,"
    "        (SELECT count(DISTINCT t.unit_id) FROM those i JOIN dispatch d ON d.instructor_id = i.id"
    "           JOIN person_post t ON t.id = d.id AND t.until IS NULL) AS units,"
    "        (SELECT count(*) FROM seen) AS visits, (SELECT count(DISTINCT unit_id) FROM seen) AS units_visited,"
    "        (SELECT count(problem) FROM seen) AS problems,"
    "        (SELECT count(*) FROM seen WHERE problem IS NOT NULL AND department_id IS NULL) AS unrouted,"
    "        (SELECT count(answer) FROM seen) AS answered,"
    "        (SELECT count(*) FROM seen WHERE answer IS NULL AND answer_due_on < $6::date) AS answers_overdue,"
    "        (SELECT count(*) FROM those i JOIN instructor_report r ON r.instructor_id = i.id"
    "          WHERE r.state = 'submitted'"
    "            AND make_date(r.year, r.half * 6, 1) + interval '1 month' - interval '1 day'"
    "                BETWEEN $3::date AND $4::date) AS reports_submitted"
    "   FROM top",
};

status_t
instructor_figures(struct call *call, const struct id *organization, date_t since, date_t until, int64_t most,
                   struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, organization);
    db_arg_date(&args, since);
    db_arg_date(&args, until);
    db_arg_i64(&args, most);
    db_arg_date(&args, call->today);
    return db_query_row(call->db, call->arena, &sql_instructor_figures, &args, ret_row);
}
