/* SPDX-License-Identifier: Apache-2.0 */
/* Reads of members. Scope is judged in the statement that reads. */
#include "organizations/members/store_member.h"

#include "organizations/scope_breadth.h"
#include "base/banned.h"

#define MEMBER_COLUMNS                                                                                                 \
    "m.id, m.person_id, p.name, p.sex, p.ethnicity, p.identity_sealed, p.born_on, p.education, m.joined_on, "          \
    "m.full_on,"                                                                                                       \
    " m.standing, m.status, m.left_on, m.organization_id, o.name AS organization_name, m.unit_id, u.name AS "          \
    "unit_name,"                                                                                                       \
    " p.telephone_sealed, m.duty, m.occupation, m.floating, m.version"

const struct db_statement sql_member_find = {
    "member_find",
    "SELECT " MEMBER_COLUMNS "  FROM member m"
    "  JOIN person p ON p.id = m.person_id"
    "  JOIN organization o ON o.id = m.organization_id"
    "  LEFT JOIN unit u ON u.id = m.unit_id"
    " WHERE m.id = $1"
    "   AND (m.person_id = $2 OR EXISTS (SELECT FROM organization_scope l WHERE l.descendant = m.organization_id"
    "                                       AND l.ancestor = $2))",
};

status_t
member_find(struct call *call, const struct id *id, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_id(&args, call_scope(call));
    return db_query_row(call->db, call->arena, &sql_member_find, &args, ret_row);
}

/* The place to go on from is found by the last person's id, so that no name stands in a cursor. */
#define BEHIND                                                                                                         \
    "(p.name, p.id) > (coalesce((SELECT q.name FROM person q WHERE q.id = $3), ''),"                                   \
    " coalesce($3::uuid, '00000000-0000-0000-0000-000000000000'))"

/* The narrow line's members are gathered before they are sorted: with the limit in sight the server would rather walk
 * all names of the city for the few of a committee. OFFSET 0 keeps one probe for each member. */
#define MEMBER_PAGE                                                                                                    \
    " near AS MATERIALIZED (SELECT m.id, p.name, p.id AS person_id FROM top JOIN " BELOW_TOP                           \
    "   JOIN member m ON m.organization_id = l.descendant"                                                             \
    "   CROSS JOIN LATERAL (SELECT b.name, b.id FROM person b WHERE b.id = m.person_id OFFSET 0) p"                    \
    "  WHERE m.status = 'active' AND (SELECT narrow FROM line) AND " BEHIND "),"                                       \
    " found AS ((SELECT id, name, person_id FROM near ORDER BY name, person_id LIMIT " PAGE_MOST ")"                   \
    "  UNION ALL (SELECT m.id, p.name, p.id FROM " OWN_MEMBERS "   WHERE " BEHIND                                      \
    " AND m.organization_id = coalesce($2::uuid, m.organization_id))"                                                  \
    "  UNION ALL (SELECT m.id, p.name, p.id FROM person p JOIN member m ON m.person_id = p.id"                         \
    "   WHERE m.status = 'active' AND NOT (SELECT narrow FROM line) AND " BEHIND "     AND " IN_LINE(                  \
        "m.organization_id") " ORDER BY p.name, p.id LIMIT " PAGE_MOST "))"                                            \
                             " SELECT " MEMBER_COLUMNS                                                                 \
                             " FROM found f JOIN member m ON m.id = f.id JOIN person p ON p.id = f.person_id"          \
                             "   JOIN organization o ON o.id = m.organization_id LEFT JOIN unit u ON u.id = m.unit_id" \
                             "  ORDER BY f.name, f.person_id LIMIT $4"

const struct db_statement sql_member_list = { "member_list", WITH_BREADTH("coalesce($2::uuid, $1)") MEMBER_PAGE };

status_t
member_list(struct call *call, const char *organization, const struct page *page, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_text(&args, organization[0] ? organization : NULL);
    db_arg_text(&args, page->after);
    db_arg_i64(&args, page->limit + 1);
    return db_query(call->db, call->arena, &sql_member_list, &args, ret_rows);
}
