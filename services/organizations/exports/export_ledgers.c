/* SPDX-License-Identifier: Apache-2.0 */
/* The ledgers as they are given out. Runs on the jobs thread. */
#include "organizations/exports/export_ledger.h"

#include "organizations/members/identity_number.h"
#include "organizations/members/member_ledger.h"
#include "organizations/members/member_row.h"
#include "organizations/members/person_seal.h"
#include "organizations/organizations/organization_ledger.h"
#include "organizations/organizations/organization_row.h"
#include "organizations/regions/region_row.h"
#include "organizations/scope_breadth.h"
#include "organizations/units/unit_ledger.h"
#include "organizations/units/unit_row.h"
#include "base/banned.h"

#define MOST " LIMIT 2001" /* more than any page has; a number the planner can see */

#define TARGET "coalesce($2::uuid, $1)"
#define NARROW "(SELECT narrow FROM line)"

/* What held at the end of a day. */
#define HELD(period, day)                                                                                              \
    period ".since <= " day "::date AND (" period ".until IS NULL OR " period ".until > " day "::date)"

/* ':' is the character after '9'. */
#define IN_TERRITORY_OF_TOP(code)                                                                                      \
    code " >= (SELECT coalesce(a.region_code, '') FROM organization a JOIN top ON top.id = a.id) AND " code            \
         " < (SELECT coalesce(a.region_code, '') || ':' FROM organization a JOIN top ON top.id = a.id)"

/* --- regions (区划): those of the territory ----------------------------------------------------------------------- */

#define REGIONS(columns)                                                                                               \
    "WITH top AS MATERIALIZED (SELECT l.descendant AS id FROM organization_scope l"                                    \
    "                           WHERE l.descendant = coalesce($2::uuid, $1) AND l.ancestor = $1)"                      \
    " SELECT " columns " FROM region g WHERE " IN_TERRITORY_OF_TOP("g.code")

const struct db_statement sql_export_regions_count = { "export_regions_count", REGIONS("count(*) AS n") };

const struct db_statement sql_export_regions = {
    "export_regions",
    REGIONS("g.code AS key, g.code, g.name") " AND g.code > coalesce($3::text, '') ORDER BY g.code LIMIT $4",
};

static status_t
read_region(const struct export_page *page, struct db_rows *rows, int i, void *data)
{
    struct region_row *row = data;

    (void)page;
    row->code = db_text(rows, i, "code");
    row->name = db_text(rows, i, "name");
    return OK;
}

/* --- organizations (党组织), but the root, which stands in no ledger; $3 code, $4 superior, $5 day -----------------
 */

#define ORGANIZATION_PASSES                                                                                            \
    " o.region_code IS NOT NULL AND ($3::text IS NULL OR o.code = $3)"                                                 \
    " AND ($4::uuid IS NULL OR EXISTS (SELECT FROM relation r WHERE r.organization_id = o.id AND r.kind = 'line'"      \
    "                                     AND r.superior_id = $4 AND " LINE_THEN "))"                                  \
    " AND CASE WHEN $5::date IS NULL THEN o.dissolved_on IS NULL"                                                      \
    "          ELSE EXISTS (SELECT FROM organization_period p WHERE p.organization_id = o.id AND " HELD("p",           \
                                                                                                        "$5") ") END"

#define LINE_THEN "($5::date IS NULL AND r.until IS NULL OR r.since <= $5 AND (r.until IS NULL OR r.until > $5))"

#define ORGANIZATIONS(after, most)                                                                                     \
    WITH_BREADTH_BY_CODE(TARGET)                                                                                       \
    " near AS MATERIALIZED ("                                                                                          \
    "  SELECT o.id, o.code FROM top JOIN " BELOW_TOP " CROSS JOIN LATERAL ("                                           \
    "    SELECT x.id, x.code, x.region_code, x.dissolved_on FROM organization x WHERE x.id = l.descendant"             \
    "    OFFSET 0) o WHERE " NARROW " AND" ORGANIZATION_PASSES after "),"                                              \
    " found AS ((SELECT id, code FROM near" most ")"                                                                   \
    "  UNION ALL (SELECT o.id, o.code FROM organization o"                                                             \
    "   WHERE NOT " NARROW " AND" ORGANIZATION_PASSES after " AND " IN_LINE("o.id") most "))"

const struct db_statement sql_export_organizations_count = {
    "export_organizations_count",
    ORGANIZATIONS("", "") " SELECT count(*) AS n FROM found",
};

const struct db_statement sql_export_organizations = {
    "export_organizations",
    ORGANIZATIONS(" AND o.code > coalesce($6::text, '')", " ORDER BY code" MOST) //
    " SELECT o.code AS key, o.code,"
    "        coalesce((SELECT n.name FROM organization_name_history n WHERE n.organization_id = o.id AND n.until > $5"
    "                   ORDER BY n.until LIMIT 1), o.name) AS name, coalesce(d.kind, o.kind) AS kind,"
    "        CASE WHEN d.since IS NULL THEN o.establish_form ELSE d.establish_form END AS establish_form,"
    "        coalesce(d.region_code, o.region_code) AS region_code, o.place, o.founded_on,"
    "        CASE WHEN d.since IS NULL THEN o.term_ends_on ELSE d.term_ends_on END AS term_ends_on, o.telephone, "
    "o.address,"
    "        a.since AS may_issue_from, p.name AS secretary_name, above.code AS superior_code"
    "   FROM found f"
    "   JOIN organization o ON o.id = f.id"
    "   LEFT JOIN organization_period d ON $5::date IS NOT NULL AND d.organization_id = o.id AND " HELD("d", "$5") //
    "   LEFT JOIN relation r ON r.organization_id = o.id AND r.kind = 'line' AND " LINE_THEN
    "   LEFT JOIN organization above ON above.id = r.superior_id"
    "   LEFT JOIN approval_power a ON a.organization_id = o.id"
    "    AND ($5::date IS NULL AND a.until IS NULL OR " HELD(
        "a", "$5") ")"
                   "   LEFT JOIN post t ON t.organization_id = o.id AND t.role = 'secretary'"
                   "    AND ($5::date IS NULL AND t.until IS NULL OR " HELD(
                       "t", "$5") ")"
                                  "   LEFT JOIN person p ON p.id = t.person_id"
                                  "  ORDER BY f.code LIMIT $7",
};

static status_t
read_organization(const struct export_page *page, struct db_rows *rows, int i, void *data)
{
    (void)page;
    organization_row_load(rows, i, data);
    return OK;
}

/* --- units (单位): covered below, and without a filter the blank ones (空白点) of the territory; $3 code, $4 day ----
 */

#define UNIT_PASSES "($3::text IS NULL OR u.code = $3)"
#define BLANK_HERE(of)                                                                                                 \
    "($2::uuid IS NULL AND " of ".organization_id IS NULL AND " IN_TERRITORY_OF_TOP(of ".region_code") ")"

#define UNITS(after, most)                                                                                             \
    WITH_BREADTH_BY_CODE(TARGET)                                                                                       \
    " near AS MATERIALIZED ("                                                                                          \
    "  SELECT u.id, u.code FROM top JOIN " BELOW_TOP " CROSS JOIN LATERAL ("                                           \
    "    SELECT x.id, x.code FROM unit x WHERE x.organization_id = l.descendant OFFSET 0) u"                           \
    "   WHERE $4::date IS NULL AND " NARROW " AND " UNIT_PASSES after "),"                                             \
    " blank AS MATERIALIZED (SELECT u.id, u.code FROM unit u"                                                          \
    "   WHERE $4::date IS NULL AND " NARROW " AND " UNIT_PASSES after " AND " BLANK_HERE(                              \
        "u") "),"                                                                                                      \
             " found AS ((SELECT id, code FROM near" most ")"                                                          \
             "  UNION ALL (SELECT id, code FROM blank" most ")"                                                        \
             "  UNION ALL (SELECT u.id, u.code FROM unit u"                                                            \
             "   WHERE $4::date IS NULL AND NOT " NARROW " AND " UNIT_PASSES after                                     \
             "     AND (" BLANK_HERE("u") " OR " IN_LINE(                                                              \
                 "u.organization_id") ")" most ")"                                                                     \
                                      "  UNION ALL (SELECT u.id, u.code FROM " OWN_UNITS                               \
                                      "   WHERE $4::date IS NULL AND $2::uuid IS NULL AND " UNIT_PASSES after most ")" \
                                      "  UNION ALL (SELECT u.id, u.code FROM unit u JOIN unit_period d ON d.unit_id "  \
                                      "= u.id"                                                                         \
                                      "    AND " HELD("d", "$4") " WHERE $4::date IS NOT NULL AND " UNIT_PASSES after  \
                                                                 "     AND (" BLANK_HERE("d") " OR " IN_LINE(          \
                                                                     "d.organization_id") ")" most "))"

const struct db_statement sql_export_units_count = {
    "export_units_count",
    UNITS("", "") " SELECT count(*) AS n FROM found",
};

const struct db_statement sql_export_units = {
    "export_units",
    UNITS(" AND u.code > coalesce($5::text, '')", " ORDER BY code" MOST) //
    " SELECT u.code AS key, u.code, u.name, u.kind, u.trade, coalesce(d.region_code, u.region_code) AS region_code,"
    "        u.place, coalesce(d.business_state, u.business_state) AS business_state, u.staff,"
    "        p.name AS owner_name, " OWNER_IS_MEMBER ", c.code AS organization_code,"
    "        CASE WHEN d.since IS NULL THEN u.coverage_form ELSE d.coverage_form END AS coverage_form,"
    "        u.instructor_name"
    "   FROM found f"
    "   JOIN unit u ON u.id = f.id"
    "   LEFT JOIN unit_period d ON $4::date IS NOT NULL AND d.unit_id = u.id AND " HELD("d", "$4") //
    "   LEFT JOIN organization c ON c.id = CASE WHEN d.since IS NULL THEN u.organization_id ELSE d.organization_id END"
    "   LEFT JOIN person p ON p.id = u.owner_id"
    "  ORDER BY f.code LIMIT $6",
};

static status_t
read_unit(const struct export_page *page, struct db_rows *rows, int i, void *data)
{
    (void)page;
    unit_row_load(rows, i, data);
    return OK;
}

/* --- members (党员); $3 day: who belonged where at its end -----------------------------------------------------------
 */

/* A membership's times are moments: it counts where the day's end lies within it. */
#define DAYS_END    "(($3::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')"
#define BELONGED    "s.since < " DAYS_END " AND (s.until IS NULL OR s.until >= " DAYS_END ")"
#define MEMBERS_NOW "$3::date IS NULL AND m.status = 'active'"

#define MEMBERS(after, most)                                                                                           \
    WITH_BREADTH(TARGET)                                                                                               \
    " near AS MATERIALIZED ("                                                                                          \
    "  SELECT m.id FROM top JOIN " BELOW_TOP " CROSS JOIN LATERAL ("                                                   \
    "    SELECT x.id, x.status FROM member x WHERE x.organization_id = l.descendant OFFSET 0) m"                       \
    "   WHERE " MEMBERS_NOW " AND " NARROW after "),"                                                                  \
    " near_then AS MATERIALIZED ("                                                                                     \
    "  SELECT m.id FROM top JOIN " BELOW_TOP " CROSS JOIN LATERAL ("                                                   \
    "    SELECT s.member_id AS id FROM membership s"                                                                   \
    "     WHERE s.organization_id = l.descendant AND " BELONGED " OFFSET 0) m"                                         \
    "   WHERE $3::date IS NOT NULL AND " NARROW after "),"                                                             \
    " found AS ((SELECT id FROM near" most ")"                                                                         \
    "  UNION ALL (SELECT id FROM near_then" most ")"                                                                   \
    "  UNION ALL (SELECT m.id FROM member m"                                                                           \
    "   WHERE " MEMBERS_NOW " AND NOT " NARROW after " AND " IN_LINE("m.organization_id") most                         \
        ")"                                                                                                            \
        "  UNION ALL (SELECT m.id FROM " OWN_MEMBERS "   WHERE $3::date IS NULL AND $2::uuid IS NULL" after most ")"   \
        "  UNION ALL (SELECT m.id FROM member m"                                                                       \
        "   WHERE $3::date IS NOT NULL AND NOT " NARROW after " AND (SELECT " IN_LINE(                                 \
            "s.organization_id") "         FROM membership s WHERE s.member_id = m.id AND " BELONGED ")" most "))"

const struct db_statement sql_export_members_count = {
    "export_members_count",
    MEMBERS("", "") " SELECT count(*) AS n FROM found",
};

const struct db_statement sql_export_members = {
    "export_members",
    MEMBERS(" AND m.id > coalesce($4::uuid, '00000000-0000-0000-0000-000000000000')", " ORDER BY id" MOST) //
    " SELECT m.id AS key, p.id AS person_id, p.name, p.sex, p.ethnicity, p.identity_sealed, p.born_on, p.education,"
    "        p.telephone_sealed, m.joined_on, m.full_on, m.standing, m.duty, m.occupation,"
    "        CASE WHEN s.since IS NULL THEN m.floating"
    "             ELSE EXISTS (SELECT FROM floating_period w WHERE w.member_id = m.id AND " HELD(
        "w", "$3") ") END"
                   "          AS floating,"
                   "        o.code AS organization_code, u.code AS unit_code"
                   "   FROM found f"
                   "   JOIN member m ON m.id = f.id"
                   "   JOIN person p ON p.id = m.person_id"
                   "   LEFT JOIN membership s ON $3::date IS NOT NULL AND s.member_id = m.id AND " BELONGED
                   "   JOIN organization o ON o.id = coalesce(s.organization_id, m.organization_id)"
                   "   LEFT JOIN unit u ON u.id = m.unit_id"
                   "  ORDER BY f.id LIMIT $5",
};

static status_t
read_member(const struct export_page *page, struct db_rows *rows, int i, void *data)
{
    struct member_row *row = data;
    struct id person = db_id(rows, i, "person_id");
    status_t st = member_row_load(page->arena, page->state, rows, i, &person, row);

    if (!st)
        st = person_open(page->arena, page->state, &person, PERSON_IDENTITY, db_bytes(rows, i, "identity_sealed"),
                         &row->identity_number);
    if (st || page->reveal)
        return st;
    if (row->identity_number)
        row->identity_number = identity_mask(page->arena, slice_of(row->identity_number));
    if (row->telephone)
        row->telephone = telephone_mask(page->arena, slice_of(row->telephone));
    return OK;
}

/* --- the table -----------------------------------------------------------------------------------------------------
 */

static const struct export_ledger export_ledgers[] = {
    { &region_form, "organization.read", "区划", 0, &sql_export_regions_count, &sql_export_regions, read_region },
    { &organization_form, "organization.read", "党组织台账", EXPORT_BY_CODE | EXPORT_BY_SUPERIOR | EXPORT_OF_DAY,
      &sql_export_organizations_count, &sql_export_organizations, read_organization },
    { &unit_form, "unit.read", "单位台账", EXPORT_BY_CODE | EXPORT_OF_DAY, &sql_export_units_count, &sql_export_units,
      read_unit },
    { &member_form, "member.read", "党员台账", EXPORT_OF_DAY, &sql_export_members_count, &sql_export_members,
      read_member },
};

const struct export_ledger *
export_ledger_find(const char *name)
{
    for (size_t i = 0; name && i < sizeof export_ledgers / sizeof *export_ledgers; i++)
        if (strcmp(export_ledgers[i].form->name, name) == 0)
            return &export_ledgers[i];
    return NULL;
}
