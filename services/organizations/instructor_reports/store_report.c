/* SPDX-License-Identifier: Apache-2.0 */
/* Half-year reports. Scope is judged in the statement that touches them. On the worker's thread. */
#include "organizations/instructors/instructor_history.h"
#include "organizations/instructors/instructor_scope.h"
#include "organizations/instructor_reports/store_report.h"
#include "organizations/scope_breadth.h"
#include "base/banned.h"

/* Of an instructor i; $1 is the scope. */
#define REPORT_OWN                                                                                                     \
    "EXISTS (SELECT FROM account_post q WHERE q.id = $1 AND q.role = 'instructor' AND q.holder = i.person_id)"
#define REPORT_REACHED                                                                                                 \
    "EXISTS (SELECT FROM organization_scope s WHERE s.descendant = i.organization_id AND s.ancestor = $1)"

#define REPORT_COLUMNS                                                                                                 \
    "SELECT r.id, r.instructor_id, p.name AS instructor_name, r.year, r.half, r.state, r.content, r.return_reason,"    \
    "       r.submitted_on, r.version"                                                                                 \
    "  FROM instructor_report r JOIN instructor i ON i.id = r.instructor_id JOIN person p ON p.id = i.person_id"

const struct db_statement sql_report_find = {
    "report_find",
    REPORT_COLUMNS " WHERE r.id = $2 AND (" REPORT_REACHED " OR " REPORT_OWN ")",
};

status_t
report_find(struct call *call, const struct id *id, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, id);
    return db_query_row(call->db, call->arena, &sql_report_find, &args, ret_row);
}

#define BEHIND "($2::uuid IS NULL OR r.id < $2)"
#define LAST   " ORDER BY r.id DESC LIMIT $3"

const struct db_statement sql_report_list = {
    "report_list",
    WITH_BREADTH("$1") //
    " found AS ((SELECT r.id FROM top JOIN " BELOW_TOP " JOIN instructor i ON i.organization_id = l.descendant"
    "              JOIN instructor_report r ON r.instructor_id = i.id"
    "             WHERE (SELECT narrow FROM line) AND " BEHIND " ORDER BY r.id DESC LIMIT " PAGE_MOST ")"
    "           UNION ALL"
    "           (SELECT r.id FROM instructor_report r JOIN instructor i ON i.id = r.instructor_id"
    "             WHERE NOT (SELECT narrow FROM line) AND " BEHIND " AND " REPORT_REACHED
    "             ORDER BY r.id DESC LIMIT " PAGE_MOST ")) " REPORT_COLUMNS "  JOIN found f ON f.id = r.id" LAST,
};

const struct db_statement sql_report_own = {
    "report_own",
    REPORT_COLUMNS "  JOIN account_post q ON q.id = $1 AND q.role = 'instructor' AND q.holder = i.person_id"
                   " WHERE ($4::uuid IS NULL OR i.id = $4) AND " BEHIND LAST,
};

const struct db_statement sql_report_of_instructor = {
    "report_of_instructor",
    REPORT_COLUMNS " WHERE r.instructor_id = $4 AND " REPORT_REACHED " AND " BEHIND LAST,
};

status_t
report_list(struct call *call, const char *instructor, const struct page *page, struct db_rows **ret_rows)
{
    bool own = !id_is_nil(&call->actor->own);
    const struct db_statement *statement = own             ? &sql_report_own
                                           : instructor[0] ? &sql_report_of_instructor
                                                           : &sql_report_list;
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_text(&args, page->after);
    db_arg_i64(&args, page->limit + 1);
    if (own || instructor[0])
        db_arg_text(&args, instructor[0] ? instructor : NULL);
    return db_query(call->db, call->arena, statement, &args, ret_rows);
}

const struct db_statement sql_report_author = {
    "report_author",
    "SELECT i.since, i.until, EXISTS (SELECT FROM instructor_report r WHERE r.instructor_id = i.id AND r.year = $3::int"
    "                                    AND r.half = $4::int) AS taken"
    "  FROM instructor i WHERE i.id = $2 AND (" INSTRUCTOR_WRITTEN " OR " REPORT_OWN ") FOR UPDATE",
};

status_t
report_author(struct call *call, const struct id *instructor, struct half_year half, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, instructor);
    db_arg_i64(&args, half.year);
    db_arg_i64(&args, half.half);
    return db_query_row(call->db, call->arena, &sql_report_author, &args, ret_row);
}

const struct db_statement sql_report_visits = {
    "report_visits",
    "SELECT u.name AS unit, v.visits, v.last, v.problems, v.answered"
    "  FROM (SELECT DISTINCT t.unit_id FROM dispatch d JOIN person_post t ON t.id = d.id"
    "         WHERE d.instructor_id = $1 AND t.since <= $3::date AND (t.until IS NULL OR t.until > $2::date)) w"
    "  JOIN unit u ON u.id = w.unit_id"
    " CROSS JOIN LATERAL (SELECT count(*) AS visits, max(x.visited_on) AS last, count(x.problem) AS problems,"
    "                            count(x.answer) AS answered"
    "                       FROM dispatch d JOIN person_post t ON t.id = d.id JOIN visit x ON x.dispatch_id = d.id"
    "                      WHERE d.instructor_id = $1 AND t.unit_id = w.unit_id"
    "                        AND x.visited_on BETWEEN $2::date AND $3::date) v"
    " ORDER BY u.code",
};

status_t
report_visits(struct call *call, const struct id *instructor, struct half_year half, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, instructor);
    db_arg_date(&args, half_year_first(half));
    db_arg_date(&args, half_year_last(half));
    return db_query(call->db, call->arena, &sql_report_visits, &args, ret_rows);
}

const struct db_statement sql_report_open = {
    "report_open",
    "SELECT r.instructor_id, r.state, r.version FROM instructor_report r JOIN instructor i ON i.id = r.instructor_id"
    " WHERE r.id = $2 AND (" INSTRUCTOR_WRITTEN " OR (NOT $3 AND " REPORT_OWN ")) FOR UPDATE OF r",
};

status_t
report_open(struct call *call, const struct id *id, bool by_line, struct report *ret_report)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, id);
    db_arg_bool(&args, by_line);
    st = db_query_row(call->db, call->arena, &sql_report_open, &args, &row);
    if (st)
        return st;
    *ret_report = (struct report){ .id = *id,
                                   .instructor = db_id(row, 0, "instructor_id"),
                                   .state = word_of_code(report_states, db_text(row, 0, "state")),
                                   .version = db_i64(row, 0, "version") };
    st = db_rows_status(row);
    return st ? st : call_expect_version(call, ret_report->version);
}

const struct db_statement sql_report_insert = {
    "report_insert",
    "INSERT INTO instructor_report (id, content, instructor_id, year, half, state, version)"
    " VALUES ($1, $2, $3, $4::int, $5::int, 'draft', 1)",
};

void
report_insert(struct call *call, const struct report *report, const char *text)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &report->id);
    db_arg_text(&args, text);
    db_arg_id(&args, &report->instructor);
    db_arg_i64(&args, report->half.year);
    db_arg_i64(&args, report->half.half);
    db_queue(call->db, &sql_report_insert, &args);
    instructor_note(call, &report->instructor, NULL,
                    arena_printf(call->arena, "report %d-%d begun", report->half.year, report->half.half));
}

const struct db_statement sql_report_write = {
    "report_write",
    "UPDATE instructor_report SET content = $2, version = version + 1 WHERE id = $1",
};

void
report_write(struct call *call, const struct report *report, const char *text)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &report->id);
    db_arg_text(&args, text);
    db_queue(call->db, &sql_report_write, &args);
    instructor_note(call, &report->instructor, NULL, "report written");
}

const struct db_statement sql_report_submit = {
    "report_submit",
    "UPDATE instructor_report SET state = 'submitted', submitted_on = $2, version = version + 1 WHERE id = $1",
};

void
report_submit(struct call *call, const struct report *report)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &report->id);
    db_arg_date(&args, call->today);
    db_queue(call->db, &sql_report_submit, &args);
    instructor_note(call, &report->instructor, NULL, "report submitted");
}

const struct db_statement sql_report_return = {
    "report_return",
    "UPDATE instructor_report SET state = 'returned', submitted_on = NULL, return_reason = $2, version = version + 1"
    " WHERE id = $1",
};

void
report_return(struct call *call, const struct report *report, const char *text)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &report->id);
    db_arg_text(&args, text);
    db_queue(call->db, &sql_report_return, &args);
    instructor_note(call, &report->instructor, NULL, "report returned");
}
