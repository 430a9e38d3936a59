/* SPDX-License-Identifier: Apache-2.0 */
/* Reads of organizations. Scope is judged in the statement that reads. */
#include "organizations/organizations/store_organization.h"

#include "organizations/scope_breadth.h"
#include "base/banned.h"

#define ORGANIZATION_COLUMNS                                                                                           \
    "o.id, o.code, o.name, o.kind, r.superior_id, s.name AS superior_name, o.establish_form, o.region_code, o.place,"  \
    " o.founded_on, o.term_ends_on, a.since AS may_issue_from, p.name AS secretary_name, o.telephone, o.address, "     \
    "o.dissolved_on,"                                                                                                  \
    " o.successor_id, o.version,"                                                                                      \
    " (SELECT count(*) FROM member m WHERE m.organization_id = o.id AND m.status = 'active') AS members"

#define ORGANIZATION_TABLES                                                                                            \
    "  FROM organization o"                                                                                            \
    "  LEFT JOIN relation r ON r.organization_id = o.id AND r.kind = 'line' AND r.until IS NULL"                       \
    "  LEFT JOIN organization s ON s.id = r.superior_id"                                                               \
    "  LEFT JOIN approval_power a ON a.organization_id = o.id AND a.until IS NULL"                                     \
    "  LEFT JOIN post t ON t.organization_id = o.id AND t.role = 'secretary' AND t.until IS NULL"                      \
    "  LEFT JOIN person p ON p.id = t.person_id"

const struct db_statement sql_organization_find = {
    "organization_find",
    "SELECT " ORGANIZATION_COLUMNS ORGANIZATION_TABLES
    "  JOIN organization_scope l ON l.descendant = o.id AND l.ancestor = $1"
    " WHERE o.id = $2",
};

status_t
organization_find(struct call *call, const struct id *id, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, id);
    return db_query_row(call->db, call->arena, &sql_organization_find, &args, ret_row);
}

const struct db_statement sql_organization_by_code = {
    "organization_by_code",
    "SELECT " ORGANIZATION_COLUMNS ORGANIZATION_TABLES
    "  JOIN organization_scope l ON l.descendant = o.id AND l.ancestor = $1"
    " WHERE o.code = $2 AND ($3::text IS NULL OR o.code > $3)"
    " LIMIT $4",
};

const struct db_statement sql_organization_below = {
    "organization_below",
    "WITH top AS MATERIALIZED (SELECT $1::uuid AS id, true AS own),"
    " found AS (SELECT c.id, c.code"
    "             FROM relation b JOIN organization c ON c.id = b.organization_id"
    "            WHERE b.superior_id = $2 AND b.kind = 'line' AND b.until IS NULL AND c.code > coalesce($3::text, '')"
    "              AND " IN_LINE("c.id") "            ORDER BY c.code LIMIT " PAGE_MOST ")"
                                         " SELECT " ORGANIZATION_COLUMNS ORGANIZATION_TABLES
                                         "   JOIN found f ON f.id = o.id"
                                         "  ORDER BY f.code"
                                         "  LIMIT $4",
};

const struct db_statement sql_organization_list = {
    "organization_list",
    WITH_BREADTH_BY_CODE(
        "$2") " near AS MATERIALIZED (SELECT c.id, c.code FROM top JOIN " BELOW_TOP
              "   CROSS JOIN LATERAL (SELECT x.id, x.code FROM organization x WHERE x.id = l.descendant AND "
              "x.dissolved_on IS NULL OFFSET 0) c  WHERE (SELECT narrow FROM line) AND c.code > coalesce($3::text, "
              "'')), found AS ((SELECT id, code FROM near ORDER BY code LIMIT " PAGE_MOST
              ")  UNION ALL (SELECT c.id, c.code FROM organization c   WHERE NOT (SELECT narrow FROM line) AND "
              "c.dissolved_on IS NULL AND c.code > coalesce($3::text, '') AND " IN_LINE(
                  "c.id") "   ORDER BY c.code LIMIT " PAGE_MOST ")) SELECT " ORGANIZATION_COLUMNS ORGANIZATION_TABLES
                          "   JOIN found f ON f.id = o.id  ORDER BY f.code  LIMIT $4",
};

/* One statement for each thing that may be asked: a filter that may be absent keeps its index from being used. */
status_t
organization_list(struct call *call, const char *code, const char *superior_id, const struct page *page,
                  struct db_rows **ret_rows)
{
    const struct db_statement *statement = &sql_organization_list;
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    if (code[0]) {
        statement = &sql_organization_by_code;
        db_arg_text(&args, code);
    } else if (superior_id[0]) {
        statement = &sql_organization_below;
        db_arg_text(&args, superior_id);
    } else {
        db_arg_id(&args, call_scope(call));
    }
    db_arg_text(&args, page->after);
    db_arg_i64(&args, page->limit + 1);
    return db_query(call->db, call->arena, statement, &args, ret_rows);
}

#define TERM_ENDS(alias)                                                                                               \
    alias ".term_ends_on BETWEEN coalesce($5::date, '-infinity') AND $6::date AND " alias                              \
          ".kind <> 'working_committee' AND " alias ".dissolved_on IS NULL AND " alias                                 \
          ".code > coalesce($3::text, '')"

/* By line (隶属) alone, whatever else is reached. */
const struct db_statement sql_organization_terms = {
    "organization_terms",
    WITH_BREADTH_BY_CODE("$2") " near AS MATERIALIZED (SELECT c.id, c.code FROM top JOIN organization_line l ON "
                               "l.ancestor = top.id   CROSS JOIN LATERAL (SELECT x.* FROM organization x WHERE x.id = "
                               "l.descendant OFFSET 0) c  WHERE (SELECT narrow FROM line) AND " TERM_ENDS(
                                   "c") "), found AS ((SELECT id, code FROM near ORDER BY code LIMIT " PAGE_MOST
                                        ")  UNION ALL (SELECT c.id, c.code FROM organization c   WHERE NOT (SELECT "
                                        "narrow FROM line) AND " TERM_ENDS(
                                            "c") "     AND (SELECT true FROM organization_line l WHERE l.descendant = "
                                                 "c.id AND l.ancestor = (SELECT id FROM top))   ORDER BY c.code "
                                                 "LIMIT " PAGE_MOST
                                                 ")) SELECT " ORGANIZATION_COLUMNS ORGANIZATION_TABLES
                                                 "   JOIN found f ON f.id = o.id  ORDER BY f.code  LIMIT $4",
};

status_t
organization_terms(struct call *call, const struct id *id, date_t from, date_t through, const struct page *page,
                   struct db_rows **ret_rows)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st = organization_find(call, id, &row);

    if (st)
        return st;
    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, id);
    db_arg_text(&args, page->after);
    db_arg_i64(&args, page->limit + 1);
    db_arg_date(&args, from);
    db_arg_date(&args, through);
    return db_query(call->db, call->arena, &sql_organization_terms, &args, ret_rows);
}
