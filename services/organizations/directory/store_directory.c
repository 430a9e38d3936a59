/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of the directory. */
#include "organizations/directory/store_directory.h"

#include "base/banned.h"

/* The nearest in the line with 预备党员审批权 is where letters go. */
#define ENTRY                                                                                                          \
    "SELECT f.id, f.code, f.name, f.kind, f.place, f.address, f.telephone, f.former_name, c.id AS committee_id, "      \
    "c.name AS committee_name"                                                                                         \
    "  FROM found f"                                                                                                   \
    "  LEFT JOIN LATERAL (SELECT s.id, s.name"                                                                         \
    "                       FROM organization_line l"                                                                  \
    "                       JOIN approval_power a ON a.organization_id = l.ancestor AND a.until IS NULL"               \
    "                       JOIN organization s ON s.id = l.ancestor"                                                  \
    "                      WHERE l.descendant = f.id AND a.since <= $1"                                                \
    "                      ORDER BY l.depth LIMIT 1) c ON true"                                                        \
    " ORDER BY f.code"

#define KEY "lower(regexp_replace(normalize($2::text, nfkc), '\\s', '', 'g'))"

/* Walked by code until the page is full: the key is compared as organization.search_key is made, the names it had
 * (曾用名) too. A whole city's names are read in some hundredths of a second. */
const struct db_statement sql_directory_list = {
    "directory_list",
    "WITH found AS MATERIALIZED ("
    "    SELECT o.id, o.code, o.name, o.kind, o.place, o.address, o.telephone,"
    "           CASE WHEN strpos(o.search_key, " KEY ") = 0"
    "                THEN (SELECT n.name FROM organization_name_history n"
    "                       WHERE n.organization_id = o.id AND strpos(n.search_key, " KEY ") > 0"
    "                       ORDER BY n.version DESC LIMIT 1) END AS former_name"
    "      FROM organization o"
    "     WHERE o.dissolved_on IS NULL AND o.code > coalesce($3::text, '')"
    "       AND (strpos(o.search_key, " KEY ") > 0"
    "            OR o.id = ANY (ARRAY(SELECT n.organization_id FROM organization_name_history n"
    "                                  WHERE strpos(n.search_key, " KEY ") > 0)))"
    "     ORDER BY o.code LIMIT $4) " ENTRY,
};

const struct db_statement sql_directory_by_code = {
    "directory_by_code",
    "WITH found AS MATERIALIZED ("
    "    SELECT id, code, name, kind, place, address, telephone, NULL AS former_name FROM organization"
    "     WHERE dissolved_on IS NULL AND code = $2 AND code > coalesce($3::text, '')"
    "     LIMIT $4) " ENTRY,
};

status_t
directory_list(struct call *call, const char *name, const char *code, const struct page *page,
               struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_date(&args, call->today);
    db_arg_text(&args, code[0] ? code : name);
    db_arg_text(&args, page->after);
    db_arg_i64(&args, page->limit + 1);
    return db_query(call->db, call->arena, code[0] ? &sql_directory_by_code : &sql_directory_list, &args, ret_rows);
}
