/* SPDX-License-Identifier: Apache-2.0 */
/* Reports and their rows, from the same words: `place` chooses organizations (node) and units (counted), marks are made
 * of them, and a report groups what a list selects. $1: the organization or region; $2: the day; $3 to $8: the bounds.
 * The worker's thread without a transaction, or the jobs thread. */
#include "organizations/coverage/store_coverage.h"

#include "organizations/wire.h"
#include "base/banned.h"

#define ON_DAY(alias) alias ".since <= $2::date AND (" alias ".until IS NULL OR " alias ".until > $2::date)"

#define PENDING                                                                                                        \
    " EXISTS (SELECT FROM coverage_unit_change) OR EXISTS (SELECT FROM coverage_organization_change) AS pending"

const struct db_statement sql_coverage_scope_line = {
    "coverage_scope_line",
    "SELECT" PENDING " FROM organization_scope s WHERE s.descendant = $2 AND s.ancestor = $1",
};

/* Territory is the charge of committees (':' is the character after '9'). */
const struct db_statement sql_coverage_scope_region = {
    "coverage_scope_region",
    "SELECT" PENDING " FROM region g JOIN organization a ON a.id = $1"
    " WHERE g.code = $2 AND a.kind IN ('working_committee', 'committee')"
    "   AND g.code >= coalesce(a.region_code, '') AND g.code < coalesce(a.region_code, '') || ':'",
};

status_t
coverage_scope(struct call *call, const struct coverage_place *place, bool *ret_pending)
{
    const struct db_statement *statement = place->region ? &sql_coverage_scope_region : &sql_coverage_scope_line;
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, call_scope(call));
    db_arg_text(&args, place->region ? place->region : place->organization);
    st = db_query_row(call->db, call->arena, statement, &args, &row);
    if (st)
        return st;
    *ret_pending = db_bool(row, 0, "pending");
    return db_rows_status(row);
}

#define BOUNDS                                                                                                         \
    " bound AS (SELECT $3::bigint AS full_least, $4::bigint AS staff_sized, $5::bigint AS staff_sized_social,"         \
    "                  $6::bigint AS staff_large, $7::bigint AS members_most, $8::bigint AS units_most),"

#define EFFECTIVE(alias) "coalesce(" alias ".secretary AND " alias ".members > 0, false) AS effective"

/* The line as it was on the day; blank places lie in the territory that its top had. */
#define TREE_THEN                                                                                                      \
    " tree AS (SELECT $1::uuid AS id UNION ALL SELECT r.organization_id FROM tree"                                     \
    "            JOIN relation r ON r.superior_id = tree.id AND r.kind = 'line' AND " ON_DAY("r") "),"
/* The same of today, from the closure. */
#define TREE_NOW " tree AS (SELECT descendant AS id FROM organization_line WHERE ancestor = $1::uuid),"

#define BY_LINE(tree) "WITH RECURSIVE" BOUNDS tree NODES_BY_LINE
#define NODES_BY_LINE                                                                                                  \
    " node AS MATERIALIZED (SELECT s.* FROM tree"                                                                      \
    "    JOIN organization_standing s ON s.organization_id = tree.id AND " ON_DAY(                                     \
        "s") "),"                                                                                                      \
             " territory AS MATERIALIZED (SELECT coalesce(region_code, '') AS code FROM node"                          \
             "                             WHERE organization_id = $1),"                                               \
             " counted AS (SELECT u.*, " EFFECTIVE("n") " FROM unit_standing u"                                        \
                                                        "    JOIN node n ON n.organization_id = "                      \
                                                        "u.organization_id"                                            \
                                                        "   WHERE " ON_DAY("u") "  UNION ALL"                          \
                                                                                "  SELECT u.*, false FROM "            \
                                                                                "unit_standing u"                      \
                                                                                "   WHERE u.organization_id "          \
                                                                                "IS NULL AND "                         \
                                                                                "u.region_code >= (SELECT "            \
                                                                                "code FROM territory)"                 \
                                                                                "     AND u.region_code < "            \
                                                                                "(SELECT code FROM "                   \
                                                                                "territory) || ':' "                   \
                                                                                "AND " ON_DAY("u") ")"

#define IN_REGION(alias) alias ".region_code >= $1::text AND " alias ".region_code < $1::text || ':'"

#define BY_REGION                                                                                                      \
    "WITH" BOUNDS                                                                                                      \
    " node AS MATERIALIZED (SELECT s.* FROM organization_standing s WHERE " IN_REGION("s") " AND " ON_DAY(             \
        "s") "),"                                                                                                      \
             " counted AS (SELECT u.*, " EFFECTIVE(                                                                    \
                 "o") " FROM unit_standing u"                                                                          \
                      "    LEFT JOIN organization_standing o ON o.organization_id = "                                  \
                      "u.organization_id AND " ON_DAY("o") "   WHERE " IN_REGION("u") " AND " ON_DAY("u") ")"

#define UNIT_MARKS                                                                                                     \
    "c.operating::int + 2 * (c.organization_id IS NOT NULL)::int + 4 * (coalesce(c.coverage_form, '') = "              \
    "'single')::int"                                                                                                   \
    " + 8 * (coalesce(c.coverage_form, '') = 'joint')::int + 16 * (c.full_members >= b.full_least)::int"               \
    " + 32 * c.effective::int + 64 * c.instructor::int + 128 * c.mass::int"                                            \
    " + 256 * (c.organization_id IS NOT NULL OR c.instructor OR c.mass)::int"                                          \
    " + 512 * (c.staff >= CASE c.kind WHEN 'social' THEN b.staff_sized_social ELSE b.staff_sized END)::int"            \
    " + 1024 * (c.staff >= b.staff_large AND c.members > 0)::int"

#define TAKES "(n.kind IN ('branch', 'joint_branch', 'floating_branch'))"

#define ORGANIZATION_MARKS                                                                                             \
    "(n.kind <> 'working_committee')::int + 2 * " TAKES "::int + 4 * (n.kind = 'joint_branch')::int"                   \
    " + 8 * (n.units > b.units_most)::int + 16 * (n.members = 0)::int"                                                 \
    " + 32 * (n.members > 0 AND n.full_members < b.full_least)::int + 64 * (n.members > b.members_most)::int"          \
    " + 128 * (NOT n.secretary)::int"

#define MARKED_UNITS " marked AS (SELECT c.*, " UNIT_MARKS " AS marks FROM counted c CROSS JOIN bound b)"
#define MARKED_ORGANIZATIONS                                                                                           \
    " marked_node AS (SELECT n.*, " ORGANIZATION_MARKS " AS marks FROM node n CROSS JOIN bound b)"

#define REPORT                                                                                                         \
    "," MARKED_UNITS "," MARKED_ORGANIZATIONS                                                                          \
    " SELECT true AS of_units, marks, count(*) AS rows, 0::bigint AS units FROM marked GROUP BY marks"                 \
    " UNION ALL"                                                                                                       \
    " SELECT false, marks, count(*), sum(units)::bigint FROM marked_node GROUP BY marks"

const struct db_statement sql_coverage_line = { "coverage_line", BY_LINE(TREE_THEN) REPORT };
const struct db_statement sql_coverage_line_now = { "coverage_line_now", BY_LINE(TREE_NOW) REPORT };
const struct db_statement sql_coverage_region = { "coverage_region", BY_REGION REPORT };

static void
place_args(struct db_args *args, const struct organizations_settings *settings, const struct coverage_place *place)
{
    db_arg_text(args, place->region ? place->region : place->organization);
    db_arg_date(args, place->day);
    db_arg_i64(args, settings->coverage_full_members);
    db_arg_i64(args, settings->coverage_staff);
    db_arg_i64(args, settings->coverage_staff_social);
    db_arg_i64(args, settings->coverage_staff_large);
    db_arg_i64(args, settings->coverage_branch_members);
    db_arg_i64(args, settings->coverage_joint_units);
}

status_t
coverage_report(struct db *db, struct arena *arena, const struct organizations_settings *settings,
                const struct coverage_place *place, struct coverage_counts *ret_counts)
{
    const struct db_statement *line = place->now ? &sql_coverage_line_now : &sql_coverage_line;
    const struct db_statement *statement = place->region ? &sql_coverage_region : line;
    struct db_args args = { 0 };
    struct db_rows *rows;
    status_t st;

    place_args(&args, settings, place);
    st = db_query(db, arena, statement, &args, &rows);
    if (st)
        return st;
    *ret_counts = (struct coverage_counts){ 0 };
    for (int i = 0; i < db_count(rows); i++) {
        int marks = (int)db_i64(rows, i, "marks");
        int64_t n = db_i64(rows, i, "rows");

        if (db_bool(rows, i, "of_units"))
            measure_count(unit_measures, UNIT_MEASURES, marks, n, ret_counts->units);
        else
            measure_count(organization_measures, ORGANIZATION_MEASURES, marks, n, ret_counts->organizations);
        if (!db_bool(rows, i, "of_units") && (marks & ORGANIZATION_IS_JOINT))
            ret_counts->joint_units += db_i64(rows, i, "units");
    }
    return db_rows_status(rows);
}

/* $9: marks it has; $10: marks it has not; $11: after; $12: limit */
#define CHOSEN(key)                                                                                                    \
    "(marks & $9::int) = $9::int AND (marks & $10::int) = 0 AND ($11::uuid IS NULL OR " key " > $11::uuid)"

#define UNITS                                                                                                          \
    "," MARKED_UNITS " SELECT u.id, u.code, u.name, f.region_code, f.operating, f.staff, f.organization_id,"           \
    "        o.name AS organization_name, f.coverage_form"                                                             \
    "   FROM (SELECT * FROM marked WHERE " CHOSEN(                                                                     \
        "unit_id") " ORDER BY unit_id LIMIT $12) f"                                                                    \
                   "   JOIN unit u ON u.id = f.unit_id LEFT JOIN organization o ON o.id = f.organization_id ORDER BY " \
                   "u.id"

const struct db_statement sql_coverage_line_units = { "coverage_line_units", BY_LINE(TREE_THEN) UNITS };
const struct db_statement sql_coverage_region_units = { "coverage_region_units", BY_REGION UNITS };

#define ORGANIZATIONS                                                                                                  \
    "," MARKED_ORGANIZATIONS                                                                                           \
    " SELECT o.id, o.code, o.name, f.region_code, f.kind, f.members, f.full_members, f.units, f.secretary"             \
    "   FROM (SELECT * FROM marked_node WHERE " CHOSEN(                                                                \
        "organization_id") " ORDER BY organization_id LIMIT $12) f"                                                    \
                           "   JOIN organization o ON o.id = f.organization_id ORDER BY o.id"

const struct db_statement sql_coverage_line_organizations = { "coverage_line_organizations",
                                                              BY_LINE(TREE_THEN) ORGANIZATIONS };
const struct db_statement sql_coverage_region_organizations = { "coverage_region_organizations",
                                                                BY_REGION ORGANIZATIONS };

static status_t
rows_of(struct call *call, const struct db_statement *statement, const struct coverage_place *place,
        const struct measure *measure, const struct page *page, struct db_rows **ret_rows)
{
    const struct organizations_state *state = call->state;
    struct db_args args = { 0 };

    place_args(&args, state->settings, place);
    db_arg_i64(&args, measure->must);
    db_arg_i64(&args, measure->without);
    db_arg_text(&args, page->after);
    db_arg_i64(&args, page->limit + 1);
    return db_query(call->db, call->arena, statement, &args, ret_rows);
}

status_t
coverage_units(struct call *call, const struct coverage_place *place, const struct measure *measure,
               const struct page *page, struct db_rows **ret_rows)
{
    return rows_of(call, place->region ? &sql_coverage_region_units : &sql_coverage_line_units, place, measure, page,
                   ret_rows);
}

status_t
coverage_organizations(struct call *call, const struct coverage_place *place, const struct measure *measure,
                       const struct page *page, struct db_rows **ret_rows)
{
    return rows_of(call, place->region ? &sql_coverage_region_organizations : &sql_coverage_line_organizations, place,
                   measure, page, ret_rows);
}
