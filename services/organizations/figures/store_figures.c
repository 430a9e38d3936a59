/* SPDX-License-Identifier: Apache-2.0 */
/* The statements of totals. $1: the acting organization; $2: which; $3: the day. There are two of each: of today, from
 * what stands now, and of any day, from rows that have dates; for today both say the same. Members of few organizations
 * are counted one organization at a time; for many, and always for units, all rows of the day are read once and grouped
 * before they meet the organizations, so that the city takes about as long as reading the table or its index. */
#include "organizations/figures/store_figures.h"

#include "base/banned.h"

#define ON_DAY(alias) alias ".since <= $3::date AND (" alias ".until IS NULL OR " alias ".until > $3::date)"

/* A membership's times are moments: it counts where the day's end lies within it. */
#define DAYS_END "(($3::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')"
#define AT_END   "s.since < " DAYS_END " AND (s.until IS NULL OR s.until >= " DAYS_END ")"

#define NODE_COUNTS                                                                                                    \
    " breadth AS MATERIALIZED (SELECT count(*) < 5000 AS narrow FROM (SELECT FROM node LIMIT 5000) few),"              \
    " nodes AS (SELECT count(*) AS nodes,"                                                                             \
    "                  count(*) FILTER (WHERE kind <> 'working_committee') AS organizations,"                          \
    "                  count(*) FILTER (WHERE kind <> 'working_committee' AND establish_form = 'single') AS single,"   \
    "                  count(*) FILTER (WHERE kind <> 'working_committee' AND establish_form = 'joint') AS joint,"     \
    "                  count(*) FILTER (WHERE kind <> 'working_committee' AND term_ends_on < $3::date) AS terms_over"  \
    "             FROM node),"

#define MEMBER_SUMS                                                                                                    \
    " members AS (SELECT coalesce(sum(b.members), 0)::bigint AS members,"                                              \
    "                    coalesce(sum(b.floating), 0)::bigint AS floating"

#define MEMBERS_OF_DAY                                                                                                 \
    MEMBER_SUMS                                                                                                        \
    "  FROM ((SELECT c.members, c.floating FROM node CROSS JOIN LATERAL"                                               \
    "          (SELECT count(*) AS members, count(*) FILTER (WHERE EXISTS"                                             \
    "             (SELECT FROM floating_period f WHERE f.member_id = s.member_id AND " ON_DAY(                         \
        "f") ")) AS floating"                                                                                          \
             "             FROM membership s WHERE s.organization_id = node.id AND " AT_END ") c"                      \
             "          WHERE (SELECT narrow FROM breadth))"                                                           \
             "        UNION ALL"                                                                                       \
             "        (SELECT c.members, c.floating"                                                                   \
             "           FROM (SELECT s.organization_id, count(*) AS members, count(f.member_id) AS floating"          \
             "                   FROM membership s"                                                                    \
             "                   LEFT JOIN floating_period f ON f.member_id = s.member_id AND " ON_DAY(                \
                 "f") "                  WHERE NOT (SELECT narrow FROM breadth) AND " AT_END                           \
                      " GROUP BY s.organization_id) c"                                                                 \
                      "           JOIN node ON node.id = c.organization_id)) b),"

#define MEMBERS_NOW                                                                                                    \
    MEMBER_SUMS                                                                                                        \
    "  FROM ((SELECT c.members, c.floating FROM node CROSS JOIN LATERAL"                                               \
    "          (SELECT count(*) AS members, count(*) FILTER (WHERE m.floating) AS floating"                            \
    "             FROM member m WHERE m.organization_id = node.id AND m.status = 'active') c"                          \
    "          WHERE (SELECT narrow FROM breadth))"                                                                    \
    "        UNION ALL"                                                                                                \
    "        (SELECT c.members, c.floating"                                                                            \
    "           FROM (SELECT m.organization_id, count(*) AS members, count(*) FILTER (WHERE m.floating) AS floating"   \
    "                   FROM member m WHERE NOT (SELECT narrow FROM breadth) AND m.status = 'active'"                  \
    "                  GROUP BY m.organization_id) c"                                                                  \
    "           JOIN node ON node.id = c.organization_id)) b),"

#define UNIT_SUMS                                                                                                      \
    "SELECT coalesce(sum(b.n) FILTER (WHERE b.covered), 0)::bigint AS covered,"                                        \
    "       coalesce(sum(b.n) FILTER (WHERE NOT b.covered), 0)::bigint AS blank,"                                      \
    "       coalesce(sum(b.n) FILTER (WHERE b.covered AND b.operating), 0)::bigint AS operating_covered,"              \
    "       coalesce(sum(b.n) FILTER (WHERE b.covered AND b.operating AND b.single), 0)::bigint AS operating_single,"  \
    "       coalesce(sum(b.n) FILTER (WHERE NOT b.covered AND b.operating), 0)::bigint AS operating_blank"

#define UNIT_GROUPS                                                                                                    \
    "count(*) AS n, u.organization_id IS NOT NULL AS covered, u.business_state = 'operating' AS operating,"            \
    " coalesce(u.coverage_form = 'single', false) AS single FROM unit_period u"

#define ANSWER                                                                                                         \
    " SELECT nodes.nodes, nodes.organizations, nodes.single, nodes.joint, nodes.terms_over, members.members,"          \
    "        members.floating, units.covered AS units_covered, units.blank AS units_uncovered,"                        \
    "        units.operating_covered, units.operating_single, units.operating_blank AS operating_uncovered"            \
    "   FROM top, nodes, members, units"

#define TOP_OF_LINE                                                                                                    \
    "top AS MATERIALIZED (SELECT s.descendant AS id FROM organization_scope s"                                         \
    "                      WHERE s.descendant = $2 AND s.ancestor = $1),"

#define NODE_COLUMNS "p.organization_id AS id, p.kind, p.establish_form, p.term_ends_on, p.region_code"

/* Covered units count by line; units without an organization by territory: their region lies within the organization's
 * (':' is the character after '9'). */
#define UNITS_BY_LINE                                                                                                  \
    " territory AS MATERIALIZED (SELECT coalesce(node.region_code, '') AS code"                                        \
    "   FROM top JOIN node ON node.id = top.id),"                                                                      \
    " units AS (" UNIT_SUMS "  FROM ((SELECT c.n, c.covered, c.operating, c.single"                                    \
    "           FROM (SELECT u.organization_id, " UNIT_GROUPS " WHERE u.organization_id IS NOT NULL AND " ON_DAY(      \
        "u") "                  GROUP BY u.organization_id, u.business_state, u.coverage_form) c"                      \
             "           JOIN node ON node.id = c.organization_id)"                                                    \
             "        UNION ALL"                                                                                       \
             "        (SELECT " UNIT_GROUPS " WHERE u.organization_id IS NULL"                                         \
             "            AND u.region_code >= (SELECT code FROM territory)"                                           \
             "            AND u.region_code < (SELECT code FROM territory) || ':' AND " ON_DAY(                        \
                 "u") "          GROUP BY u.organization_id, u.business_state, u.coverage_form)) b)"

const struct db_statement sql_figures_by_line = {
    "figures_by_line",
    "WITH RECURSIVE " TOP_OF_LINE " tree AS (SELECT id FROM top"
    "          UNION ALL SELECT r.organization_id FROM tree"
    "            JOIN relation r ON r.superior_id = tree.id AND r.kind = 'line' AND " ON_DAY(
        "r") "),"
             " node AS MATERIALIZED (SELECT " NODE_COLUMNS
             "   FROM tree JOIN organization_period p ON p.organization_id = tree.id AND " ON_DAY("p") ")," //
    NODE_COUNTS MEMBERS_OF_DAY UNITS_BY_LINE ANSWER,
};

const struct db_statement sql_figures_by_line_now = {
    "figures_by_line_now",
    "WITH " TOP_OF_LINE " node AS MATERIALIZED (SELECT " NODE_COLUMNS
    "   FROM top JOIN organization_line l ON l.ancestor = top.id"
    "   JOIN organization_period p ON p.organization_id = l.descendant AND " ON_DAY("p") ")," //
    NODE_COUNTS MEMBERS_NOW UNITS_BY_LINE ANSWER,
};

status_t
figures_by_line(struct call *call, const struct id *organization, date_t as_of, struct db_rows **ret_row)
{
    bool now = as_of == call->today;
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, organization);
    db_arg_date(&args, as_of);
    return db_query_row(call->db, call->arena, now ? &sql_figures_by_line_now : &sql_figures_by_line, &args, ret_row);
}

/* Territory is the charge of committees; of a region outside one's own nothing is told. */
#define TOP_OF_TERRITORY                                                                                               \
    "WITH top AS MATERIALIZED ("                                                                                       \
    "    SELECT g.code FROM region g JOIN organization a ON a.id = $1"                                                 \
    "     WHERE g.code = $2 AND a.kind IN ('working_committee', 'committee')"                                          \
    "       AND g.code >= coalesce(a.region_code, '') AND g.code < coalesce(a.region_code, '') || ':'),"

#define IN_TERRITORY(alias)                                                                                            \
    alias ".region_code >= (SELECT code FROM top) AND " alias ".region_code < (SELECT code FROM top) || ':'"

#define NODES_OF_TERRITORY                                                                                             \
    " node AS MATERIALIZED (SELECT " NODE_COLUMNS " FROM organization_period p"                                        \
    "  WHERE " IN_TERRITORY("p") " AND " ON_DAY("p") "),"

#define UNITS_BY_TERRITORY                                                                                             \
    " units AS (" UNIT_SUMS "  FROM (SELECT " UNIT_GROUPS " WHERE " IN_TERRITORY("u") " AND " ON_DAY(                  \
        "u") "         GROUP BY u.organization_id IS NOT NULL, u.business_state, u.coverage_form) b)"

const struct db_statement sql_figures_by_territory = {
    "figures_by_territory",
    TOP_OF_TERRITORY NODES_OF_TERRITORY NODE_COUNTS MEMBERS_OF_DAY UNITS_BY_TERRITORY ANSWER,
};

const struct db_statement sql_figures_by_territory_now = {
    "figures_by_territory_now",
    TOP_OF_TERRITORY NODES_OF_TERRITORY NODE_COUNTS MEMBERS_NOW UNITS_BY_TERRITORY ANSWER,
};

status_t
figures_by_territory(struct call *call, const char *region, date_t as_of, struct db_rows **ret_row)
{
    bool now = as_of == call->today;
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_text(&args, region);
    db_arg_date(&args, as_of);
    return db_query_row(call->db, call->arena, now ? &sql_figures_by_territory_now : &sql_figures_by_territory, &args,
                        ret_row);
}
