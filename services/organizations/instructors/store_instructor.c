/* SPDX-License-Identifier: Apache-2.0 */
/* The register of instructors. Scope is judged in the statement that reads. On the worker's thread. */
#include "organizations/instructors/store_instructor.h"

#include "organizations/documents/record_scope.h"
#include "organizations/instructors/instructor_scope.h"
#include "organizations/scope_breadth.h"
#include "base/banned.h"

#define INSTRUCTOR_COLUMNS                                                                                             \
    "SELECT i.id, i.person_id, p.name, i.organization_id, o.name AS organization_name, i.sending_unit, i.full_time,"   \
    "       i.basis, i.since, i.term_ends_on, i.until, i.end_reason, i.version,"                                       \
    "       (SELECT count(*) FROM dispatch d JOIN person_post t ON t.id = d.id"                                        \
    "         WHERE d.instructor_id = i.id AND t.until IS NULL) AS load"                                               \
    "  FROM instructor i JOIN person p ON p.id = i.person_id JOIN organization o ON o.id = i.organization_id"

const struct db_statement sql_instructor_find = {
    "instructor_find",
    INSTRUCTOR_COLUMNS "  JOIN organization_scope s ON s.descendant = i.organization_id AND s.ancestor = $1"
                       " WHERE i.id = $2",
};

status_t
instructor_find(struct call *call, const struct id *id, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, id);
    return db_query_row(call->db, call->arena, &sql_instructor_find, &args, ret_row);
}

#define WANTED "($5 OR i.until IS NULL) AND ($3::uuid IS NULL OR i.id < $3)"

const struct db_statement sql_instructor_list = {
    "instructor_list",
    WITH_BREADTH("coalesce($2::uuid, $1)") //
    " found AS ((SELECT i.id FROM top JOIN " BELOW_TOP " JOIN instructor i ON i.organization_id = l.descendant"
    "             WHERE (SELECT narrow FROM line) AND " WANTED " ORDER BY i.id DESC LIMIT " PAGE_MOST ")"
    "           UNION ALL"
    "           (SELECT i.id FROM instructor i WHERE NOT (SELECT narrow FROM line) AND " WANTED
    "               AND " IN_LINE("i.organization_id") " ORDER BY i.id DESC LIMIT " PAGE_MOST ")) " INSTRUCTOR_COLUMNS
                                                       "  JOIN found f ON f.id = i.id ORDER BY i.id DESC LIMIT $4",
};

status_t
instructor_list(struct call *call, const char *organization, bool withdrawn, const struct page *page,
                struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_text(&args, organization[0] ? organization : NULL);
    db_arg_text(&args, page->after);
    db_arg_i64(&args, page->limit + 1);
    db_arg_bool(&args, withdrawn);
    return db_query(call->db, call->arena, &sql_instructor_list, &args, ret_rows);
}

const struct db_statement sql_instructor_open = {
    "instructor_open",
    "SELECT i.id, i.person_id, i.organization_id, i.sending_unit, i.full_time, i.basis, i.since, i.term_ends_on,"
    "       i.until, i.version"
    "  FROM instructor i WHERE i.id = $2 AND " INSTRUCTOR_WRITTEN " FOR UPDATE",
};

status_t
instructor_open_any(struct call *call, const struct id *id, struct instructor *ret_instructor)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, id);
    st = db_query_row(call->db, call->arena, &sql_instructor_open, &args, &row);
    if (st)
        return st;
    *ret_instructor = (struct instructor){ .id = *id,
                                           .person = db_id(row, 0, "person_id"),
                                           .organization = db_id(row, 0, "organization_id"),
                                           .sending_unit = db_text(row, 0, "sending_unit"),
                                           .full_time = db_bool(row, 0, "full_time"),
                                           .basis = db_text(row, 0, "basis"),
                                           .since = db_date(row, 0, "since"),
                                           .term_ends_on = db_date(row, 0, "term_ends_on"),
                                           .until = db_date(row, 0, "until"),
                                           .version = db_i64(row, 0, "version") };
    return db_rows_status(row);
}

status_t
instructor_open(struct call *call, const struct id *id, struct instructor *ret_instructor)
{
    status_t st = instructor_open_any(call, id, ret_instructor);

    return st ? st : call_expect_version(call, ret_instructor->version);
}

const struct db_statement sql_instructor_lock_pair = {
    "instructor_lock_pair",
    "SELECT id FROM instructor WHERE id IN ($1, $2) ORDER BY id FOR UPDATE",
};

void
instructor_lock_pair(struct call *call, const struct id *first, const struct id *second)
{
    struct db_args args = { 0 };

    db_arg_id(&args, first);
    db_arg_id(&args, second);
    db_queue(call->db, &sql_instructor_lock_pair, &args);
}

const struct db_statement sql_instructor_person_lock = {
    "instructor_person_lock",
    "SELECT id FROM person WHERE id = $1 FOR UPDATE",
};

const struct db_statement sql_instructor_person_facts = {
    "instructor_person_facts",
    "SELECT EXISTS (SELECT FROM record_place p WHERE p.record = 'person' AND p.id = $2 AND " PLACE_WRITE
    ") AS person_known,"
    "       EXISTS (SELECT FROM organization_scope s JOIN organization o ON o.id = s.descendant"
    "                WHERE s.descendant = $3 AND s.ancestor = $1 AND s.writes AND o.dissolved_on IS NULL)"
    "           AS organization_known,"
    "       EXISTS (SELECT FROM instructor i WHERE i.person_id = $2 AND (i.until IS NULL OR i.until > $4::date))"
    "           AS registered",
};

status_t
instructor_person_facts(struct call *call, const struct instructor *wanted, struct db_rows **ret_row)
{
    struct db_args lock = { 0 };
    struct db_args args = { 0 };

    db_arg_id(&lock, &wanted->person);
    db_queue(call->db, &sql_instructor_person_lock, &lock);
    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, &wanted->person);
    db_arg_id(&args, &wanted->organization);
    db_arg_date(&args, wanted->since);
    return db_query_row(call->db, call->arena, &sql_instructor_person_facts, &args, ret_row);
}

const struct db_statement sql_instructor_insert = {
    "instructor_insert",
    "INSERT INTO instructor (id, sending_unit, full_time, basis, term_ends_on, person_id, organization_id, since,"
    "                        version)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)",
};

static void
arg_form(struct db_args *args, const struct instructor *instructor)
{
    db_arg_id(args, &instructor->id);
    db_arg_text(args, instructor->sending_unit);
    db_arg_bool(args, instructor->full_time);
    db_arg_text(args, instructor->basis);
    db_arg_date(args, instructor->term_ends_on);
}

void
instructor_insert(struct call *call, const struct instructor *instructor)
{
    struct db_args args = { 0 };

    arg_form(&args, instructor);
    db_arg_id(&args, &instructor->person);
    db_arg_id(&args, &instructor->organization);
    db_arg_date(&args, instructor->since);
    db_queue(call->db, &sql_instructor_insert, &args);
}

const struct db_statement sql_instructor_keep = {
    "instructor_keep",
    "UPDATE instructor SET sending_unit = $2, full_time = $3, basis = $4, term_ends_on = $5, version = version + 1"
    " WHERE id = $1",
};

void
instructor_keep(struct call *call, const struct instructor *instructor)
{
    struct db_args args = { 0 };

    arg_form(&args, instructor);
    db_queue(call->db, &sql_instructor_keep, &args);
}

const struct db_statement sql_instructor_touch = {
    "instructor_touch",
    "UPDATE instructor SET version = version + 1 WHERE id = $1",
};

void
instructor_touch(struct call *call, const struct id *id)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_queue(call->db, &sql_instructor_touch, &args);
}

const struct db_statement sql_instructor_end = {
    "instructor_end",
    "UPDATE instructor SET until = $2, end_reason = $3, version = version + 1 WHERE id = $1",
};

void
instructor_end(struct call *call, const struct id *id, date_t until, const char *reason)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_date(&args, until);
    db_arg_text(&args, reason);
    db_queue(call->db, &sql_instructor_end, &args);
}
