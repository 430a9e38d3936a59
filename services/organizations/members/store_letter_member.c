/* SPDX-License-Identifier: Apache-2.0 */
/* The member and the nearest superior with 预备党员审批权, in one statement. */
#include "organizations/members/store_letter_member.h"

#include "base/banned.h"

const struct db_statement sql_letter_member = {
    "letter_member",
    "SELECT m.id, m.person_id, p.name, p.sex, p.born_on, p.ethnicity, p.identity_sealed, p.telephone_sealed, "
    "m.standing, m.version,"
    "       m.organization_id, o.name AS organization_name,"
    "       c.id AS committee_id, c.name AS committee_name, c.telephone AS committee_telephone"
    "  FROM member m"
    "  JOIN person p ON p.id = m.person_id"
    "  JOIN organization o ON o.id = m.organization_id"
    "  LEFT JOIN LATERAL (SELECT s.id, s.name, s.telephone"
    "                       FROM organization_line l"
    "                       JOIN approval_power a ON a.organization_id = l.ancestor AND a.until IS NULL"
    "                       JOIN organization s ON s.id = l.ancestor"
    "                      WHERE l.descendant = m.organization_id AND a.since <= $2"
    "                      ORDER BY l.depth"
    "                      LIMIT 1) c ON true"
    " WHERE m.id = $1 AND m.status = 'active'",
};

status_t
letter_member_find(struct call *call, const struct id *member, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, member);
    db_arg_date(&args, call->today);
    return db_query_row(call->db, call->arena, &sql_letter_member, &args, ret_row);
}
