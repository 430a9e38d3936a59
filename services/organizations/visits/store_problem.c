/* SPDX-License-Identifier: Apache-2.0 */
/* Visits entered, their problems routed and answered. On the worker's thread, in its transaction. */
#include "organizations/instructors/instructor_scope.h"
#include "organizations/visits/store_visit.h"
#include "rpc/audit.h"
#include "base/banned.h"

const struct db_statement sql_visit_dispatch = {
    "visit_dispatch",
    "SELECT t.since, t.until, i.organization_id FROM dispatch d"
    "  JOIN person_post t ON t.id = d.id JOIN instructor i ON i.id = d.instructor_id"
    " WHERE d.id = $2 AND (" INSTRUCTOR_WRITTEN " OR " DISPATCH_OWN ")",
};

status_t
visit_dispatch(struct call *call, const char *dispatch, struct visited *ret_visited)
{
    struct id id = wire_read_id(dispatch);
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, &id);
    st = db_query_row(call->db, call->arena, &sql_visit_dispatch, &args, &row);
    if (st)
        return st;
    *ret_visited = (struct visited){ .dispatch = id,
                                     .organization = db_id(row, 0, "organization_id"),
                                     .since = db_date(row, 0, "since"),
                                     .until = db_date(row, 0, "until") };
    return db_rows_status(row);
}

/* In one line with who dispatches: nobody else is told of a unit's troubles. */
const struct db_statement sql_department_facts = {
    "department_facts",
    "SELECT EXISTS (SELECT FROM organization_line l"
    "                WHERE (l.descendant = $1 AND l.ancestor = $2) OR (l.descendant = $2 AND l.ancestor = $1)) AS "
    "known,"
    "       EXISTS (SELECT FROM organization o WHERE o.id = $1 AND o.dissolved_on IS NOT NULL) AS dissolved",
};

status_t
department_facts(struct call *call, const struct id *department, const struct id *organization,
                 struct department_facts *ret_facts)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, department);
    db_arg_id(&args, organization);
    st = db_query_row(call->db, call->arena, &sql_department_facts, &args, &row);
    if (st)
        return st;
    *ret_facts =
        (struct department_facts){ .known = db_bool(row, 0, "known"), .dissolved = db_bool(row, 0, "dissolved") };
    return db_rows_status(row);
}

#define OPEN_COLUMNS                                                                                                   \
    "SELECT v.id, v.dispatch_id, i.organization_id, v.problem, v.department_id, v.answer IS NOT NULL AS answered,"     \
    "       v.version"                                                                                                 \
    "  FROM visit v JOIN dispatch d ON d.id = v.dispatch_id JOIN instructor i ON i.id = d.instructor_id"

const struct db_statement sql_visit_open = {
    "visit_open",
    OPEN_COLUMNS " WHERE v.id = $2 AND " INSTRUCTOR_WRITTEN " FOR UPDATE OF v",
};

const struct db_statement sql_visit_problem_open = {
    "visit_problem_open",
    OPEN_COLUMNS " WHERE v.id = $2 AND EXISTS (SELECT FROM organization_scope s WHERE s.descendant = v.department_id"
                 "                                AND s.ancestor = $1 AND s.writes) FOR UPDATE OF v",
};

static status_t
open_by(struct call *call, const struct db_statement *statement, const struct id *id, struct visit *ret_visit)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, id);
    st = db_query_row(call->db, call->arena, statement, &args, &row);
    if (st)
        return st;
    *ret_visit = (struct visit){ .id = *id,
                                 .dispatch = db_id(row, 0, "dispatch_id"),
                                 .organization = db_id(row, 0, "organization_id"),
                                 .department = db_id(row, 0, "department_id"),
                                 .problem = db_text(row, 0, "problem"),
                                 .answered = db_bool(row, 0, "answered"),
                                 .version = db_i64(row, 0, "version") };
    st = db_rows_status(row);
    return st ? st : call_expect_version(call, ret_visit->version);
}

status_t
visit_open(struct call *call, const struct id *id, struct visit *ret_visit)
{
    return open_by(call, &sql_visit_open, id, ret_visit);
}

status_t
visit_problem_open(struct call *call, const struct id *id, struct visit *ret_visit)
{
    return open_by(call, &sql_visit_problem_open, id, ret_visit);
}

const struct db_statement sql_visit_history_add = {
    "visit_history_add",
    "INSERT INTO visit_history (visit_id, version, at, account_id, role, organization_id, what)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)",
};

static void
note(struct call *call, const struct id *visit, int64_t version, const char *what, const char *content)
{
    struct db_args args = { 0 };

    db_arg_id(&args, visit);
    db_arg_i64(&args, version);
    db_arg_instant(&args, call->now);
    db_arg_id(&args, &call->actor->account);
    db_arg_text(&args, call->actor->role);
    db_arg_id(&args, &call->actor->organization);
    db_arg_text(&args, what);
    db_queue(call->db, &sql_visit_history_add, &args);
    audit_add(call, &(struct audit_entry){ .object = "visit",
                                           .id = visit,
                                           .after = slice_of(arena_printf(call->arena, "%s|%s", what, content)) });
}

const struct db_statement sql_visit_insert = {
    "visit_insert",
    "INSERT INTO visit (id, dispatch_id, visited_on, kind, content, problem, department_id, answer_due_on, version)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)",
};

void
visit_insert(struct call *call, const struct visit *visit)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &visit->id);
    db_arg_id(&args, &visit->dispatch);
    db_arg_date(&args, visit->visited_on);
    db_arg_text(&args, word_code(visit_kinds, visit->kind));
    db_arg_text(&args, visit->content);
    db_arg_text(&args, visit->problem);
    db_arg_id(&args, id_is_nil(&visit->department) ? NULL : &visit->department);
    db_arg_date(&args, visit->answer_due_on);
    db_queue(call->db, &sql_visit_insert, &args);
    note(call, &visit->id, 1, "entered", visit->content);
}

const struct db_statement sql_visit_route = {
    "visit_route",
    "UPDATE visit SET department_id = $2, answer_due_on = $3, version = version + 1 WHERE id = $1",
};

void
visit_route(struct call *call, const struct visit *visit)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &visit->id);
    db_arg_id(&args, &visit->department);
    db_arg_date(&args, visit->answer_due_on);
    db_queue(call->db, &sql_visit_route, &args);
    note(call, &visit->id, visit->version + 1, "routed", "");
}

const struct db_statement sql_visit_answer = {
    "visit_answer",
    "UPDATE visit SET answer = $2, answered_on = $3, version = version + 1 WHERE id = $1",
};

void
visit_answer_problem(struct call *call, const struct visit *visit, const char *answer)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &visit->id);
    db_arg_text(&args, answer);
    db_arg_date(&args, call->today);
    db_queue(call->db, &sql_visit_answer, &args);
    note(call, &visit->id, visit->version + 1, "answered", answer);
}
