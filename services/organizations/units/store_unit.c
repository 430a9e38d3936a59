/* SPDX-License-Identifier: Apache-2.0 */
/* Reads of units. Scope is judged in the statement that reads. */
#include "organizations/units/store_unit.h"

#include "organizations/scope_breadth.h"
#include "base/banned.h"

#define UNIT_COLUMNS                                                                                                   \
    "u.id, u.code, u.name, u.kind, u.trade, u.region_code, u.place, u.business_state, u.staff,"                        \
    " p.name AS owner_name, " OWNER_IS_MEMBER ", u.organization_id, o.name AS organization_name, u.coverage_form,"     \
    " u.instructor_name, u.version, u.main_unit_id"

#define UNIT_TABLES                                                                                                    \
    "  FROM found f"                                                                                                   \
    "  JOIN unit u ON u.id = f.id"                                                                                     \
    "  LEFT JOIN organization o ON o.id = u.organization_id"                                                           \
    "  LEFT JOIN person p ON p.id = u.owner_id"

/* ':' is the character after '9'. */
#define TERRITORY "(SELECT coalesce(a.region_code, '') FROM organization a WHERE a.id = $1)"
#define BLANK     "u.organization_id IS NULL AND u.region_code >= " TERRITORY " AND u.region_code < " TERRITORY " || ':'"

const struct db_statement sql_unit_find = {
    "unit_find",
    "WITH top AS MATERIALIZED (SELECT $1::uuid AS id, true AS own),"
    " found AS (SELECT u.id FROM unit u"
    "            WHERE u.id = $2 AND ((" BLANK
    ") OR " IN_LINE("u.organization_id") " OR " OWN_UNIT("u.id") "))"
                                                                 " SELECT " UNIT_COLUMNS UNIT_TABLES,
};

status_t
unit_find(struct call *call, const struct id *id, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, id);
    return db_query_row(call->db, call->arena, &sql_unit_find, &args, ret_row);
}

const struct db_statement sql_unit_by_code = {
    "unit_by_code",
    "WITH top AS MATERIALIZED (SELECT $1::uuid AS id, true AS own),"
    " found AS (SELECT u.id FROM unit u"
    "            WHERE u.code = $2 AND ($3::text IS NULL OR u.code > $3)"
    "              AND ((" BLANK
    ") OR " IN_LINE("u.organization_id") " OR " OWN_UNIT("u.id") "))"
                                                                 " SELECT " UNIT_COLUMNS UNIT_TABLES " LIMIT $4",
};

/* Covered by an organization of the scope or one below it. */
const struct db_statement sql_unit_below = {
    "unit_below",
    "WITH near AS MATERIALIZED (SELECT c.id, c.code FROM organization_scope s"
    "   JOIN organization_scope l ON l.ancestor = s.descendant AND (l.by_line OR s.descendant = $1)"
    "   CROSS JOIN LATERAL (SELECT x.id, x.code FROM unit x WHERE x.organization_id = l.descendant OFFSET 0) c"
    "  WHERE s.descendant = $2 AND s.ancestor = $1 AND c.code > coalesce($3::text, '')),"
    " found AS (SELECT id FROM near ORDER BY code LIMIT " PAGE_MOST ")"
    " SELECT " UNIT_COLUMNS UNIT_TABLES " ORDER BY u.code LIMIT $4",
};

const struct db_statement sql_unit_list = {
    "unit_list",
    WITH_BREADTH_BY_CODE("$2") " near AS MATERIALIZED (SELECT c.id, c.code FROM top JOIN " BELOW_TOP
                               "   CROSS JOIN LATERAL (SELECT x.id, x.code FROM unit x WHERE x.organization_id = "
                               "l.descendant OFFSET 0) c"
                               "  WHERE (SELECT narrow FROM line) AND c.code > coalesce($3::text, '')),"
                               " blank AS MATERIALIZED (SELECT u.id, u.code FROM unit u"
                               "  WHERE (SELECT narrow FROM line) AND u.code > coalesce($3::text, '') AND " BLANK "),"
                               " found AS ((SELECT id, code FROM near ORDER BY code LIMIT " PAGE_MOST ")"
                               "  UNION ALL (SELECT id, code FROM blank ORDER BY code LIMIT " PAGE_MOST ")"
                               "  UNION ALL (SELECT u.id, u.code FROM unit u"
                               "   WHERE NOT (SELECT narrow FROM line) AND u.code > coalesce($3::text, '')"
                               "     AND ((" BLANK
                               ") OR " IN_LINE("u.organization_id") ")"
                                                                    "   ORDER BY u.code LIMIT " PAGE_MOST ")"
                                                                    "  UNION ALL (SELECT u.id, u.code FROM " OWN_UNITS
                                                                    " WHERE u.code > coalesce($3::text, '')"
                                                                    "   ORDER BY u.code LIMIT " PAGE_MOST "))"
                                                                    " SELECT " UNIT_COLUMNS UNIT_TABLES
                                                                    " ORDER BY f.code LIMIT $4",
};

/* One statement for each thing that may be asked: a filter that may be absent keeps its index from being used. */
status_t
unit_list(struct call *call, const char *code, const char *organization_id, const struct page *page,
          struct db_rows **ret_rows)
{
    const struct db_statement *statement = &sql_unit_list;
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    if (code[0]) {
        statement = &sql_unit_by_code;
        db_arg_text(&args, code);
    } else if (organization_id[0]) {
        statement = &sql_unit_below;
        db_arg_text(&args, organization_id);
    } else {
        db_arg_id(&args, call_scope(call));
    }
    db_arg_text(&args, page->after);
    db_arg_i64(&args, page->limit + 1);
    return db_query(call->db, call->arena, statement, &args, ret_rows);
}
