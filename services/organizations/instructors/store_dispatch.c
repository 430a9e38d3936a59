/* SPDX-License-Identifier: Apache-2.0 */
/* Dispatches: lists, facts, effects. Scope is judged in the statement that reads. On the worker's thread. */
#include "organizations/instructors/store_dispatch.h"

#include "organizations/documents/record_scope.h"
#include "organizations/instructors/instructor_scope.h"
#include "organizations/instructors/interest.h"
#include "organizations/scope_breadth.h"
#include "base/banned.h"

#define DISPATCH_COLUMNS                                                                                               \
    "SELECT t.id, d.instructor_id, p.name AS instructor_name, t.unit_id, u.code AS unit_code, u.name AS unit_name,"    \
    "       d.sending_unit, d.full_time, d.basis, t.since, t.until, coalesce(d.visit_days, g.days) AS visit_days,"     \
    "       v.visited_on, CASE WHEN t.until IS NULL THEN"                                                              \
    "       coalesce(v.visited_on, t.since) + coalesce(d.visit_days, g.days)::int END AS visit_due_on, d.version"

#define DISPATCH_TABLES                                                                                                \
    "  FROM dispatch d JOIN person_post t ON t.id = d.id JOIN instructor i ON i.id = d.instructor_id"                  \
    "  JOIN person p ON p.id = t.person_id JOIN unit u ON u.id = t.unit_id"                                            \
    "  JOIN visit_interval g ON g.full_time = i.full_time"                                                             \
    "  LEFT JOIN LATERAL (SELECT max(visited_on) AS visited_on FROM visit WHERE dispatch_id = d.id) v ON true"

/* $2: the last id seen, $3: how many, $4: those that are over too */
#define BEHIND "($2::uuid IS NULL OR d.id > $2) AND ($4 OR t.until IS NULL)"
#define LAST   " ORDER BY d.id LIMIT $3"

const struct db_statement sql_dispatch_list = {
    "dispatch_list",
    WITH_BREADTH("$1")                    //
    " below AS " DISPATCHES_BELOW_TOP "," //
    " found AS ((SELECT d.id FROM below d JOIN person_post t ON t.id = d.id WHERE " BEHIND
    "             ORDER BY d.id LIMIT " PAGE_MOST ")"
    "           UNION ALL"
    "           (SELECT d.id FROM dispatch d JOIN person_post t ON t.id = d.id"
    "              JOIN instructor i ON i.id = d.instructor_id JOIN unit u ON u.id = t.unit_id"
    "             WHERE NOT (SELECT narrow FROM line) AND " BEHIND " AND " DISPATCH_SEEN
    "             ORDER BY d.id LIMIT " PAGE_MOST ")) " DISPATCH_COLUMNS DISPATCH_TABLES
    "  JOIN found f ON f.id = d.id" LAST,
};

const struct db_statement sql_dispatch_own = {
    "dispatch_own",
    DISPATCH_COLUMNS DISPATCH_TABLES "  JOIN account_post q ON q.id = $1 AND q.role = 'instructor'"
                                     "                     AND q.holder = t.person_id"
                                     " WHERE ($5::uuid IS NULL OR d.instructor_id = $5)"
                                     "   AND ($6::uuid IS NULL OR t.unit_id = $6) AND " BEHIND LAST,
};

const struct db_statement sql_dispatch_of_instructor = {
    "dispatch_of_instructor",
    DISPATCH_COLUMNS DISPATCH_TABLES " WHERE d.instructor_id = $5 AND ($6::uuid IS NULL OR t.unit_id = $6)"
                                     "   AND " BEHIND " AND " DISPATCH_SEEN LAST,
};

const struct db_statement sql_dispatch_of_unit = {
    "dispatch_of_unit",
    DISPATCH_COLUMNS DISPATCH_TABLES " WHERE t.unit_id = $5 AND " BEHIND " AND " DISPATCH_SEEN LAST,
};

/* One statement for each thing that may be asked: a filter that may be absent keeps its index from being used. */
status_t
dispatch_list(struct call *call, const struct dispatch_filter *filter, const struct page *page,
              struct db_rows **ret_rows)
{
    const char *instructor = filter->instructor[0] ? filter->instructor : NULL;
    const char *unit = filter->unit[0] ? filter->unit : NULL;
    bool own = !id_is_nil(&call->actor->own);
    const struct db_statement *statement = own          ? &sql_dispatch_own
                                           : instructor ? &sql_dispatch_of_instructor
                                           : unit       ? &sql_dispatch_of_unit
                                                        : &sql_dispatch_list;
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_text(&args, page->after);
    db_arg_i64(&args, page->limit + 1);
    db_arg_bool(&args, filter->over);
    if (own || instructor)
        db_arg_text(&args, instructor);
    if (own || instructor || unit)
        db_arg_text(&args, unit);
    return db_query(call->db, call->arena, statement, &args, ret_rows);
}

const struct db_statement sql_dispatch_facts = {
    "dispatch_facts",
    "SELECT EXISTS (SELECT FROM record_place p WHERE p.record = 'unit' AND p.id = $3 AND " PLACE_WRITE ") AS reached,"
    "       EXISTS (SELECT FROM person_post t WHERE t.person_id = $2 AND t.role = 'instructor' AND t.unit_id = $3"
    "                  AND (t.until IS NULL OR t.until > $4::date)) AS holds, " HAS_INTEREST("$2", "$3") " AS interest",
};

status_t
dispatch_facts(struct call *call, const struct instructor *instructor, const struct id *unit, date_t since,
               struct dispatch_facts *ret_facts)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, &instructor->person);
    db_arg_id(&args, unit);
    db_arg_date(&args, since);
    st = db_query_row(call->db, call->arena, &sql_dispatch_facts, &args, &row);
    if (st)
        return st;
    *ret_facts = (struct dispatch_facts){ .withdrawn = instructor->until != DATE_NONE,
                                          .unit_reached = db_bool(row, 0, "reached"),
                                          .holds = db_bool(row, 0, "holds"),
                                          .interest = db_bool(row, 0, "interest"),
                                          .since = instructor->since };
    return db_rows_status(row);
}

const struct db_statement sql_dispatch_open = {
    "dispatch_open",
    "SELECT t.id, t.unit_id, t.since FROM dispatch d JOIN person_post t ON t.id = d.id"
    " WHERE d.instructor_id = $1 AND t.until IS NULL AND ($2::uuid IS NULL OR t.unit_id = $2)"
    " ORDER BY t.id FOR UPDATE",
};

status_t
dispatch_open(struct call *call, const struct id *instructor, const struct id *unit, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, instructor);
    db_arg_id(&args, unit);
    return db_query(call->db, call->arena, &sql_dispatch_open, &args, ret_rows);
}

const struct db_statement sql_dispatch_begin = {
    "dispatch_begin",
    "WITH posted AS (INSERT INTO person_post (id, person_id, role, unit_id, since)"
    "                VALUES ($1, $2, 'instructor', $3, $4) RETURNING id)"
    " INSERT INTO dispatch (id, instructor_id, sending_unit, full_time, basis, visit_days, version)"
    " SELECT id, $5, $6, $7, $8, nullif($9::bigint, 0), 1 FROM posted",
};

void
dispatch_begin(struct call *call, const struct instructor *instructor, const struct dispatch *dispatch)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &dispatch->id);
    db_arg_id(&args, &instructor->person);
    db_arg_id(&args, &dispatch->unit);
    db_arg_date(&args, dispatch->since);
    db_arg_id(&args, &instructor->id);
    db_arg_text(&args, instructor->sending_unit);
    db_arg_bool(&args, instructor->full_time);
    db_arg_text(&args, dispatch->basis);
    db_arg_i64(&args, dispatch->visit_days);
    db_queue(call->db, &sql_dispatch_begin, &args);
}

const struct db_statement sql_dispatch_end = {
    "dispatch_end",
    "WITH ended AS (UPDATE person_post SET until = $2 WHERE id = $1 RETURNING id)"
    " UPDATE dispatch d SET version = version + 1 FROM ended WHERE d.id = ended.id",
};

void
dispatch_end(struct call *call, const struct id *dispatch, date_t until)
{
    struct db_args args = { 0 };

    db_arg_id(&args, dispatch);
    db_arg_date(&args, until);
    db_queue(call->db, &sql_dispatch_end, &args);
}

const struct db_statement sql_dispatch_plan = {
    "dispatch_plan",
    "UPDATE dispatch SET visit_days = nullif($2::bigint, 0), version = version + 1 WHERE id = $1",
};

void
dispatch_plan(struct call *call, const struct id *dispatch, int64_t visit_days)
{
    struct db_args args = { 0 };

    db_arg_id(&args, dispatch);
    db_arg_i64(&args, visit_days);
    db_queue(call->db, &sql_dispatch_plan, &args);
}
