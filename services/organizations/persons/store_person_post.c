/* SPDX-License-Identifier: Apache-2.0 */
/* Posts of persons begun and ended. On the worker's thread, in its transaction. */
#include "io/clock.h"
#include "organizations/persons/person_ledger.h"
#include "organizations/persons/store_person.h"
#include "base/banned.h"

const struct db_statement sql_posted_person_lock = {
    "posted_person_lock",
    "SELECT p.id, p.version, m.id IS NOT NULL AS is_member"
    "  FROM person p LEFT JOIN member m ON m.person_id = p.id"
    "  JOIN organization_scope s ON s.descendant = coalesce(m.organization_id, p.organization_id)"
    "                           AND s.ancestor = $2 AND s.writes"
    " WHERE p.id = $1"
    "   FOR UPDATE OF p",
};

status_t
posted_person_open(struct call *call, const char *id, struct posted_person *ret_person)
{
    struct id person = wire_read_id(id);
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, &person);
    db_arg_id(&args, call_scope(call));
    st = db_query_row(call->db, call->arena, &sql_posted_person_lock, &args, &row);
    if (st)
        return st;
    *ret_person = (struct posted_person){ .id = person,
                                          .version = db_i64(row, 0, "version"),
                                          .is_member = db_bool(row, 0, "is_member") };
    st = db_rows_status(row);
    return st ? st : call_expect_version(call, ret_person->version);
}

/* A unit is reached by the organization that covers it, or else by territory (':' is the character after '9'). */
const struct db_statement sql_person_post_facts = {
    "person_post_facts",
    "SELECT CASE WHEN $3::uuid IS NOT NULL"
    "            THEN EXISTS (SELECT FROM organization_scope s"
    "                          WHERE s.descendant = $3 AND s.ancestor = $5 AND s.writes)"
    "            ELSE EXISTS (SELECT FROM unit u JOIN organization a ON a.id = $5"
    "                          WHERE u.id = $4"
    "                            AND CASE WHEN u.organization_id IS NULL"
    "                                     THEN u.region_code >= coalesce(a.region_code, '')"
    "                                      AND u.region_code < coalesce(a.region_code, '') || ':'"
    "                                     ELSE EXISTS (SELECT FROM organization_scope s"
    "                                                   WHERE s.descendant = u.organization_id AND s.ancestor = $5"
    "                                                     AND s.writes) END) END AS reached,"
    "       EXISTS (SELECT FROM organization o WHERE o.id = $3 AND o.dissolved_on IS NOT NULL) AS dissolved,"
    "       EXISTS (SELECT FROM person_post t WHERE t.person_id = $1 AND t.role = $2"
    "                  AND coalesce(t.unit_id, t.organization_id) = coalesce($4::uuid, $3)"
    "                  AND (t.until IS NULL OR t.until > $6::date)) AS holds",
};

static void
arg_place(struct db_args *args, const struct post_place *post)
{
    db_arg_id(args, &post->person->id);
    db_arg_text(args, word_code(person_roles, post->role));
    db_arg_id(args, post->organization);
    db_arg_id(args, post->unit);
}

status_t
person_post_facts(struct call *call, const struct post_place *post, date_t since, struct person_post_facts *ret_facts)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    arg_place(&args, post);
    db_arg_id(&args, call_scope(call));
    db_arg_date(&args, since);
    st = db_query_row(call->db, call->arena, &sql_person_post_facts, &args, &row);
    if (st)
        return st;
    *ret_facts = (struct person_post_facts){ .is_member = post->person->is_member,
                                             .at_unit = post->unit != NULL,
                                             .place_reached = db_bool(row, 0, "reached"),
                                             .dissolved = db_bool(row, 0, "dissolved"),
                                             .holds = db_bool(row, 0, "holds") };
    return db_rows_status(row);
}

const struct db_statement sql_person_post_find = {
    "person_post_find",
    "SELECT id, since FROM person_post"
    " WHERE person_id = $1 AND role = $2 AND coalesce(unit_id, organization_id) = coalesce($4::uuid, $3)"
    "   AND until IS NULL",
};

status_t
person_post_find(struct call *call, const struct post_place *post, struct id *ret_id, date_t *ret_since)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    arg_place(&args, post);
    st = db_query_row(call->db, call->arena, &sql_person_post_find, &args, &row);
    if (st)
        return st;
    *ret_id = db_id(row, 0, "id");
    *ret_since = db_date(row, 0, "since");
    return db_rows_status(row);
}

const struct db_statement sql_person_touch = {
    "person_touch",
    "UPDATE person SET version = version + 1 WHERE id = $1",
};

static void
touch(struct call *call, const struct post_place *post, const char *what)
{
    const struct posted_person *person = post->person;
    struct db_args args = { 0 };

    db_arg_id(&args, &person->id);
    db_queue(call->db, &sql_person_touch, &args);
    person_history_add(call->db, &person->id, person->version + 1, call->actor, call->now,
                       arena_printf(call->arena, "%s %s", what, word_code(person_roles, post->role)));
}

const struct db_statement sql_person_post_begin = {
    "person_post_begin",
    "INSERT INTO person_post (person_id, role, organization_id, unit_id, id, since) VALUES ($1, $2, $3, $4, $5, $6)",
};

void
person_post_begin(struct call *call, const struct post_place *post, date_t since, struct id *ret_id)
{
    struct db_args args = { 0 };

    *ret_id = clock_id();
    arg_place(&args, post);
    db_arg_id(&args, ret_id);
    db_arg_date(&args, since);
    db_queue(call->db, &sql_person_post_begin, &args);
    touch(call, post, "post begun");
}

const struct db_statement sql_person_post_end = {
    "person_post_end",
    "UPDATE person_post SET until = $2 WHERE id = $1",
};

void
person_post_end(struct call *call, const struct post_place *post, const struct id *id, date_t until)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_date(&args, until);
    db_queue(call->db, &sql_person_post_end, &args);
    touch(call, post, "post ended");
}
