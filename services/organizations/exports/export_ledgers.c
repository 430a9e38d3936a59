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

#define MOST "2001" /* more than any page has; a number the planner can see */

/* ':' is the character after '9'. */
#define IN_TERRITORY_OF_TOP(code)                                                                                      \
    code " >= (SELECT coalesce(a.region_code, '') FROM organization a JOIN top ON top.id = a.id) AND " code            \
         " < (SELECT coalesce(a.region_code, '') || ':' FROM organization a JOIN top ON top.id = a.id)"

/* --- regions (区划): those of the territory ----------------------------------------------------------------------- */

const struct db_statement sql_export_regions = {
    "export_regions",
    "WITH top AS MATERIALIZED (SELECT l.descendant AS id FROM organization_scope l"
    "                           WHERE l.descendant = coalesce($2::uuid, $1) AND l.ancestor = $1)"
    " SELECT g.code AS key, g.code, g.name FROM region g"
    "  WHERE g.code > coalesce($3::text, '') AND " IN_TERRITORY_OF_TOP("g.code") "  ORDER BY g.code LIMIT $4",
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

/* --- organizations (党组织), but the root, which stands in no ledger -----------------------------------------------
 */

const struct db_statement sql_export_organizations = {
    "export_organizations",
    WITH_BREADTH_BY_CODE(
        "coalesce($2::uuid, $1)") " near AS MATERIALIZED (SELECT c.id, c.code FROM top JOIN " BELOW_TOP
                                  "   CROSS JOIN LATERAL (SELECT x.id, x.code, x.region_code FROM organization x WHERE "
                                  "x.id = l.descendant AND x.dissolved_on IS NULL OFFSET 0) c  WHERE (SELECT narrow "
                                  "FROM line) AND c.region_code IS NOT NULL AND c.code > coalesce($3::text, '')), "
                                  "found AS ((SELECT id, code FROM near ORDER BY code LIMIT " MOST
                                  ")  UNION ALL (SELECT o.id, o.code FROM organization o   WHERE NOT (SELECT narrow "
                                  "FROM line) AND o.region_code IS NOT NULL AND o.dissolved_on IS NULL AND o.code > "
                                  "coalesce($3::text, '')     AND " IN_LINE(
                                      "o.id") "   ORDER BY o.code LIMIT " MOST
                                              ")) SELECT o.code AS key, o.code, o.name, o.kind, o.establish_form, "
                                              "o.region_code, o.place, o.founded_on,        o.term_ends_on, "
                                              "o.telephone, o.address, a.since AS may_issue_from, p.name AS "
                                              "secretary_name,        above.code AS superior_code   FROM found f   "
                                              "JOIN organization o ON o.id = f.id   LEFT JOIN relation r ON "
                                              "r.organization_id = o.id AND r.kind = 'line' AND r.until IS NULL   LEFT "
                                              "JOIN organization above ON above.id = r.superior_id   LEFT JOIN "
                                              "approval_power a ON a.organization_id = o.id AND a.until IS NULL   LEFT "
                                              "JOIN post t ON t.organization_id = o.id AND t.role = 'secretary' AND "
                                              "t.until IS NULL   LEFT JOIN person p ON p.id = t.person_id  ORDER BY "
                                              "f.code LIMIT $4",
};

static status_t
read_organization(const struct export_page *page, struct db_rows *rows, int i, void *data)
{
    (void)page;
    organization_row_load(rows, i, data);
    return OK;
}

/* --- units (单位): covered below, and without a filter the blank ones (空白点) of the territory ---------------------
 */

#define BLANK_HERE "($2::uuid IS NULL AND u.organization_id IS NULL AND " IN_TERRITORY_OF_TOP("u.region_code") ")"

const struct db_statement sql_export_units = {
    "export_units",
    WITH_BREADTH_BY_CODE(
        "coalesce($2::uuid, $1)") " near AS MATERIALIZED (SELECT c.id, c.code FROM top JOIN " BELOW_TOP
                                  "   CROSS JOIN LATERAL (SELECT x.id, x.code FROM unit x WHERE x.organization_id = "
                                  "l.descendant OFFSET 0) c"
                                  "  WHERE (SELECT narrow FROM line) AND c.code > coalesce($3::text, '')),"
                                  " blank AS MATERIALIZED (SELECT u.id, u.code FROM unit u"
                                  "  WHERE (SELECT narrow FROM line) AND u.code > coalesce($3::text, '') "
                                  "AND " BLANK_HERE "),"
                                  " found AS ((SELECT id, code FROM near ORDER BY code LIMIT " MOST ")"
                                  "  UNION ALL (SELECT id, code FROM blank ORDER BY code LIMIT " MOST ")"
                                  "  UNION ALL (SELECT u.id, u.code FROM unit u"
                                  "   WHERE NOT (SELECT narrow FROM line) AND u.code > coalesce($3::text, '')"
                                  "     AND (" BLANK_HERE " OR " IN_LINE(
                                      "u.organization_id") ")   ORDER BY u.code LIMIT " MOST ")"
                                                           "  UNION ALL (SELECT u.id, u.code FROM " OWN_UNITS
                                                           "   WHERE $2::uuid IS NULL AND u.code > coalesce($3::text, "
                                                           "'') ORDER BY u.code LIMIT " MOST "))"
                                                           " SELECT u.code AS key, u.code, u.name, u.kind, u.trade, "
                                                           "u.region_code, u.place, u.business_state, u.staff,"
                                                           "        p.name AS owner_name, " OWNER_IS_MEMBER
                                                           ", c.code AS organization_code, u.coverage_form,"
                                                           "        u.instructor_name"
                                                           "   FROM found f"
                                                           "   JOIN unit u ON u.id = f.id"
                                                           "   LEFT JOIN organization c ON c.id = u.organization_id"
                                                           "   LEFT JOIN person p ON p.id = u.owner_id"
                                                           "  ORDER BY f.code LIMIT $4",
};

static status_t
read_unit(const struct export_page *page, struct db_rows *rows, int i, void *data)
{
    (void)page;
    unit_row_load(rows, i, data);
    return OK;
}

/* --- members (党员) ------------------------------------------------------------------------------------------------
 */

#define BEHIND_KEY "m.id > coalesce($3::uuid, '00000000-0000-0000-0000-000000000000')"

const struct db_statement sql_export_members = {
    "export_members",
    WITH_BREADTH(
        "coalesce($2::uuid, $1)") " near AS MATERIALIZED (SELECT m.id FROM top JOIN " BELOW_TOP
                                  "   CROSS JOIN LATERAL (SELECT x.id, x.status FROM member x WHERE x.organization_id "
                                  "= l.descendant OFFSET 0) m"
                                  "  WHERE m.status = 'active' AND (SELECT narrow FROM line) AND " BEHIND_KEY "),"
                                  " found AS ((SELECT id FROM near ORDER BY id LIMIT " MOST ")"
                                  "  UNION ALL (SELECT m.id FROM member m"
                                  "   WHERE m.status = 'active' AND NOT (SELECT narrow FROM line) AND " BEHIND_KEY
                                  " AND " IN_LINE(
                                      "m.organization_id") "   ORDER BY m.id LIMIT " MOST ")"
                                                           "  UNION ALL (SELECT m.id FROM " OWN_MEMBERS
                                                           " WHERE $2::uuid IS NULL AND " BEHIND_KEY "))"
                                                           " SELECT m.id AS key, p.id AS person_id, p.name, p.sex, "
                                                           "p.ethnicity, p.identity_sealed, p.born_on, p.education,"
                                                           "        p.telephone_sealed, m.joined_on, m.full_on, "
                                                           "m.standing, m.duty, m.occupation, m.floating,"
                                                           "        o.code AS organization_code, u.code AS unit_code"
                                                           "   FROM found f"
                                                           "   JOIN member m ON m.id = f.id"
                                                           "   JOIN person p ON p.id = m.person_id"
                                                           "   JOIN organization o ON o.id = m.organization_id"
                                                           "   LEFT JOIN unit u ON u.id = m.unit_id"
                                                           "  ORDER BY f.id LIMIT $4",
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
    { &region_form, "organization.read", "区划", &sql_export_regions, read_region },
    { &organization_form, "organization.read", "党组织台账", &sql_export_organizations, read_organization },
    { &unit_form, "unit.read", "单位台账", &sql_export_units, read_unit },
    { &member_form, "member.read", "党员台账", &sql_export_members, read_member },
};

const struct export_ledger *
export_ledger_find(const char *name)
{
    for (size_t i = 0; name && i < sizeof export_ledgers / sizeof *export_ledgers; i++)
        if (strcmp(export_ledgers[i].form->name, name) == 0)
            return &export_ledgers[i];
    return NULL;
}
