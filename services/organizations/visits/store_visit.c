/* SPDX-License-Identifier: Apache-2.0 */
/* Reads of visits and of their problems. Scope is judged in the statement that reads. On the worker's thread. */
#include "organizations/visits/store_visit.h"

#include "organizations/instructors/instructor_scope.h"
#include "organizations/scope_breadth.h"
#include "base/banned.h"

#define VISIT_COLUMNS                                                                                                  \
    "SELECT v.id, v.dispatch_id, d.instructor_id, p.name AS instructor_name, t.unit_id, u.name AS unit_name,"          \
    "       v.visited_on, v.kind, v.content, v.problem, v.department_id, o.name AS department_name, v.answer_due_on,"  \
    "       v.answer, v.answered_on, v.version"

#define VISIT_TABLES                                                                                                   \
    "  FROM visit v JOIN dispatch d ON d.id = v.dispatch_id JOIN person_post t ON t.id = d.id"                         \
    "  JOIN instructor i ON i.id = d.instructor_id JOIN person p ON p.id = t.person_id JOIN unit u ON u.id = "         \
    "t.unit_id"                                                                                                        \
    "  LEFT JOIN organization o ON o.id = v.department_id"

const struct db_statement sql_visit_find = {
    "visit_find",
    VISIT_COLUMNS VISIT_TABLES " WHERE v.id = $2 AND " DISPATCH_SEEN,
};

status_t
visit_find(struct call *call, const struct id *id, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, id);
    return db_query_row(call->db, call->arena, &sql_visit_find, &args, ret_row);
}

/* $2: the last id seen, $3: how many, $4: unrouted problems only */
#define BEHIND "($2::uuid IS NULL OR v.id < $2) AND (NOT $4 OR (v.problem IS NOT NULL AND v.department_id IS NULL))"
#define LAST   " ORDER BY v.id DESC LIMIT $3"

const struct db_statement sql_visit_list = {
    "visit_list",
    WITH_BREADTH("$1")                    //
    " below AS " DISPATCHES_BELOW_TOP "," //
    " found AS ((SELECT v.id FROM below d JOIN visit v ON v.dispatch_id = d.id WHERE " BEHIND
    "             ORDER BY v.id DESC LIMIT " PAGE_MOST ")"
    "           UNION ALL"
    "           (SELECT v.id" VISIT_TABLES "             WHERE NOT (SELECT narrow FROM line) AND " BEHIND
    " AND " DISPATCH_SEEN "             ORDER BY v.id DESC LIMIT " PAGE_MOST ")) " VISIT_COLUMNS VISIT_TABLES
    "  JOIN found f ON f.id = v.id" LAST,
};

const struct db_statement sql_visit_own = {
    "visit_own",
    VISIT_COLUMNS VISIT_TABLES "  JOIN account_post q ON q.id = $1 AND q.role = 'instructor' AND q.holder = t.person_id"
                               " WHERE ($5::uuid IS NULL OR v.dispatch_id = $5)"
                               "   AND ($6::uuid IS NULL OR t.unit_id = $6) AND " BEHIND LAST,
};

const struct db_statement sql_visit_of_dispatch = {
    "visit_of_dispatch",
    VISIT_COLUMNS VISIT_TABLES " WHERE v.dispatch_id = $5 AND ($6::uuid IS NULL OR t.unit_id = $6)"
                               "   AND " BEHIND " AND " DISPATCH_SEEN LAST,
};

const struct db_statement sql_visit_of_unit = {
    "visit_of_unit",
    VISIT_COLUMNS VISIT_TABLES " WHERE t.unit_id = $5 AND " BEHIND " AND " DISPATCH_SEEN LAST,
};

/* One statement for each thing that may be asked: a filter that may be absent keeps its index from being used. */
status_t
visit_list(struct call *call, const struct visit_filter *filter, const struct page *page, struct db_rows **ret_rows)
{
    const char *dispatch = filter->dispatch[0] ? filter->dispatch : NULL;
    const char *unit = filter->unit[0] ? filter->unit : NULL;
    bool own = !id_is_nil(&call->actor->own);
    const struct db_statement *statement = own        ? &sql_visit_own
                                           : dispatch ? &sql_visit_of_dispatch
                                           : unit     ? &sql_visit_of_unit
                                                      : &sql_visit_list;
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_text(&args, page->after);
    db_arg_i64(&args, page->limit + 1);
    db_arg_bool(&args, filter->unrouted);
    if (own || dispatch)
        db_arg_text(&args, dispatch);
    if (own || dispatch || unit)
        db_arg_text(&args, unit);
    return db_query(call->db, call->arena, statement, &args, ret_rows);
}

#define UNANSWERED "(($4 OR v.answer IS NULL) AND ($2::uuid IS NULL OR v.id > $2))"

/* A department is asked seldom, so its index is the way also for a wide line. */
const struct db_statement sql_visit_problem_list = {
    "visit_problem_list",
    VISIT_COLUMNS VISIT_TABLES "  JOIN organization_scope s ON s.descendant = v.department_id AND s.ancestor = $1"
                               " WHERE v.department_id IS NOT NULL AND " UNANSWERED " ORDER BY v.id LIMIT $3",
};

status_t
visit_problem_list(struct call *call, bool answered, const struct page *page, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_text(&args, page->after);
    db_arg_i64(&args, page->limit + 1);
    db_arg_bool(&args, answered);
    return db_query(call->db, call->arena, &sql_visit_problem_list, &args, ret_rows);
}

const struct db_statement sql_visit_problem_find = {
    "visit_problem_find",
    VISIT_COLUMNS VISIT_TABLES "  JOIN organization_scope s ON s.descendant = v.department_id AND s.ancestor = $1"
                               " WHERE v.id = $2",
};

status_t
visit_problem_find(struct call *call, const struct id *id, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, id);
    return db_query_row(call->db, call->arena, &sql_visit_problem_find, &args, ret_row);
}
