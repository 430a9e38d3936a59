/* SPDX-License-Identifier: Apache-2.0 */
/* Reads of persons. Scope is judged in the statement that reads. */
#include "organizations/persons/store_person.h"

#include "organizations/scope_breadth.h"
#include "base/banned.h"

#define PERSON_COLUMNS                                                                                                 \
    "SELECT p.id, p.name, p.sex, p.born_on, p.identity_sealed, p.telephone_sealed, p.version,"                         \
    "       m.id IS NOT NULL AS is_member, o.id AS organization_id, o.name AS organization_name, u.id AS unit_id,"     \
    "       u.name AS unit_name"

#define PERSON_TABLES                                                                                                  \
    "  LEFT JOIN member m ON m.person_id = p.id"                                                                       \
    "  JOIN organization o ON o.id = coalesce(m.organization_id, p.organization_id)"                                   \
    "  LEFT JOIN unit u ON u.id = CASE WHEN m.id IS NULL THEN p.unit_id ELSE m.unit_id END"

const struct db_statement sql_person_find = {
    "person_find",
    PERSON_COLUMNS "  FROM person p" PERSON_TABLES
                   "  JOIN organization_scope s ON s.descendant = o.id AND s.ancestor = $2"
                   " WHERE p.id = $1",
};

status_t
person_find(struct call *call, const struct id *id, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_id(&args, call_scope(call));
    return db_query_row(call->db, call->arena, &sql_person_find, &args, ret_row);
}

/* As members are listed: no name stands in a cursor. */
#define WANTED                                                                                                         \
    "p.organization_id IS NOT NULL AND (SELECT true FROM member m WHERE m.person_id = p.id) IS NULL"                   \
    " AND ($5::text IS NULL OR EXISTS (SELECT FROM person_post t"                                                      \
    "      WHERE t.person_id = p.id AND t.role = $5 AND t.until IS NULL))"                                             \
    " AND (p.name, p.id) > (coalesce((SELECT q.name FROM person q WHERE q.id = $3), ''),"                              \
    " coalesce($3::uuid, '00000000-0000-0000-0000-000000000000'))"

const struct db_statement sql_person_list = {
    "person_list",
    WITH_BREADTH(
        "coalesce($2::uuid, $1)") " near AS MATERIALIZED (SELECT c.id, c.name FROM top JOIN " BELOW_TOP
                                  "   CROSS JOIN LATERAL (SELECT p.id, p.name FROM person p WHERE p.organization_id = "
                                  "l.descendant AND " WANTED " OFFSET 0) c WHERE (SELECT narrow FROM line)),"
                                  " found AS ((SELECT id, name FROM near ORDER BY name, id LIMIT " PAGE_MOST ")"
                                  "  UNION ALL (SELECT p.id, p.name FROM person p"
                                  "   WHERE NOT (SELECT narrow FROM line) AND " WANTED " AND " IN_LINE(
                                      "p.organization_id") "   ORDER BY p.name, p.id LIMIT " PAGE_MOST
                                                           ")) " PERSON_COLUMNS
                                                           "   FROM found f JOIN person p ON p.id = f.id" PERSON_TABLES
                                                           " ORDER BY f.name, f.id LIMIT $4",
};

status_t
person_list(struct call *call, const char *organization, const char *role, const struct page *page,
            struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_text(&args, organization[0] ? organization : NULL);
    db_arg_text(&args, page->after);
    db_arg_i64(&args, page->limit + 1);
    db_arg_text(&args, role);
    return db_query(call->db, call->arena, &sql_person_list, &args, ret_rows);
}

const struct db_statement sql_person_post_list = {
    "person_post_list",
    "SELECT t.id, t.person_id, t.role, t.organization_id, o.name AS organization_name, t.unit_id, u.name AS unit_name,"
    "       t.since, t.until"
    "  FROM person_post t"
    "  LEFT JOIN organization o ON o.id = t.organization_id"
    "  LEFT JOIN unit u ON u.id = t.unit_id"
    " WHERE t.person_id = ANY ($1::uuid[])"
    " ORDER BY t.person_id, t.since DESC, t.id",
};

status_t
person_post_list(struct call *call, const struct id *persons, size_t count, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_ids(&args, call->arena, persons, count);
    return db_query(call->db, call->arena, &sql_person_post_list, &args, ret_rows);
}
