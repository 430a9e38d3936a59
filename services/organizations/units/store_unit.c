/* SPDX-License-Identifier: Apache-2.0 */
/* Reads of units. Scope is judged in the statement that reads. */
#include "organizations/units/store_unit.h"

#include "base/banned.h"

const struct db_statement sql_unit_list = {
    "unit_list",
    "SELECT u.id, u.code, u.name, u.kind, u.trade, u.region_code, u.place, u.business_state, u.staff,"
    "       p.name AS owner_name, u.owner_is_member, u.organization_id, o.name AS organization_name, u.coverage_form,"
    "       u.instructor_name, u.version"
    "  FROM unit u"
    "  JOIN organization a ON a.id = $1"
    "  LEFT JOIN organization o ON o.id = u.organization_id"
    "  LEFT JOIN organization_line l ON l.descendant = u.organization_id AND l.ancestor = $1"
    "  LEFT JOIN person p ON p.id = u.owner_id"
    " WHERE (l.ancestor IS NOT NULL"
    "        OR (u.organization_id IS NULL AND u.region_code >= coalesce(a.region_code, '')"
    "            AND u.region_code < coalesce(a.region_code, '') || ':'))"
    "   AND ($2::text IS NULL OR u.code = $2)"
    "   AND ($3::uuid IS NULL OR EXISTS (SELECT FROM organization_line w"
    "                                     WHERE w.descendant = u.organization_id AND w.ancestor = $3))"
    "   AND ($4::text IS NULL OR u.code > $4)"
    " ORDER BY u.code"
    " LIMIT $5",
};

status_t
unit_list(struct call *call, const char *code, const char *organization_id, const struct page *page,
          struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_text(&args, code[0] ? code : NULL);
    db_arg_text(&args, organization_id[0] ? organization_id : NULL);
    db_arg_text(&args, page->after);
    db_arg_i64(&args, page->limit + 1);
    return db_query(call->db, call->arena, &sql_unit_list, &args, ret_rows);
}
