/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of periods. The caller's thread and transaction. */
#include "organizations/figures/store_period.h"

#include "base/banned.h"

#define CLOSED(table, key)                                                                                             \
    " closed AS (UPDATE " table " p SET until = $2 FROM changed c"                                                     \
    "             WHERE p." key " = c.id AND p.until IS NULL AND p.since < $2)"

const struct db_statement sql_organization_periods_keep = {
    "organization_periods_keep",
    "WITH changed AS ("
    "    SELECT o.id, o.kind, o.establish_form, o.region_code, o.term_ends_on FROM organization o"
    "      LEFT JOIN organization_period p ON p.organization_id = o.id AND p.until IS NULL"
    "     WHERE o.id = ANY ($1::uuid[])"
    "       AND (p.organization_id IS NULL OR (p.kind, p.establish_form, p.region_code, p.term_ends_on)"
    "            IS DISTINCT FROM (o.kind, o.establish_form, o.region_code, o.term_ends_on)))," //
    CLOSED("organization_period",
           "organization_id") " INSERT INTO organization_period (organization_id, since, kind, establish_form, "
                              "region_code, term_ends_on)"
                              " SELECT id, $2::date, kind, establish_form, region_code, term_ends_on FROM changed"
                              " ON CONFLICT (organization_id, since) DO UPDATE SET kind = excluded.kind,"
                              "    establish_form = excluded.establish_form, region_code = excluded.region_code,"
                              "    term_ends_on = excluded.term_ends_on",
};

const struct db_statement sql_unit_periods_keep = {
    "unit_periods_keep",
    "WITH changed AS ("
    "    SELECT u.id, u.region_code, u.business_state, u.organization_id, u.coverage_form FROM unit u"
    "      LEFT JOIN unit_period p ON p.unit_id = u.id AND p.until IS NULL"
    "     WHERE u.id = ANY ($1::uuid[])"
    "       AND (p.unit_id IS NULL OR (p.region_code, p.business_state, p.organization_id, p.coverage_form)"
    "            IS DISTINCT FROM (u.region_code, u.business_state, u.organization_id, u.coverage_form)))," //
    CLOSED("unit_period",
           "unit_id") " INSERT INTO unit_period (unit_id, since, region_code, business_state, organization_id, "
                      "coverage_form)"
                      " SELECT id, $2::date, region_code, business_state, organization_id, coverage_form FROM changed"
                      " ON CONFLICT (unit_id, since) DO UPDATE SET region_code = excluded.region_code,"
                      "    business_state = excluded.business_state, organization_id = excluded.organization_id,"
                      "    coverage_form = excluded.coverage_form",
};

const struct db_statement sql_floating_periods_end = {
    "floating_periods_end",
    "UPDATE floating_period f SET until = $2::date FROM member m"
    " WHERE m.id = ANY ($1::uuid[]) AND NOT m.floating AND f.member_id = m.id AND f.until IS NULL",
};

const struct db_statement sql_floating_periods_begin = {
    "floating_periods_begin",
    "INSERT INTO floating_period (member_id, since)"
    " SELECT m.id, $2::date FROM member m"
    "  WHERE m.id = ANY ($1::uuid[]) AND m.floating"
    "    AND NOT EXISTS (SELECT FROM floating_period f WHERE f.member_id = m.id AND f.until IS NULL)"
    " ON CONFLICT (member_id, since) DO UPDATE SET until = NULL",
};

static void
keep(struct db *db, struct arena *arena, const struct db_statement *statement, const struct id *ids, size_t count,
     date_t today)
{
    struct db_args args = { 0 };

    db_arg_ids(&args, arena, ids, count);
    db_arg_date(&args, today);
    db_queue(db, statement, &args);
}

void
organization_periods_keep(struct db *db, struct arena *arena, const struct id *ids, size_t count, date_t today)
{
    keep(db, arena, &sql_organization_periods_keep, ids, count, today);
}

void
unit_periods_keep(struct db *db, struct arena *arena, const struct id *ids, size_t count, date_t today)
{
    keep(db, arena, &sql_unit_periods_keep, ids, count, today);
}

void
floating_periods_keep(struct db *db, struct arena *arena, const struct id *ids, size_t count, date_t today)
{
    keep(db, arena, &sql_floating_periods_end, ids, count, today);
    keep(db, arena, &sql_floating_periods_begin, ids, count, today);
}
