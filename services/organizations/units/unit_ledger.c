/* SPDX-License-Identifier: Apache-2.0 */
/* Facts of the ledger of units. Runs on the jobs thread. */
#include "organizations/units/unit_ledger.h"

#include "organizations/units/unit_row.h"
#include "organizations/organizations/organization_ledger.h"
#include "base/banned.h"

const struct db_statement sql_unit_lock = {
    "unit_lock",
    "SELECT id FROM unit WHERE code = ANY ($1::text[]) ORDER BY id FOR UPDATE",
};

#define IN_TERRITORY(code) code " >= coalesce(a.region_code, '') AND " code " < coalesce(a.region_code, '') || ':'"

const struct db_statement sql_unit_facts = {
    "unit_facts",
    "SELECT u.id, u.version, u.code, u.name, u.kind, u.trade, u.region_code, u.place, u.business_state, u.staff,"
    "       u.owner_id, p.name AS owner_name, u.owner_is_member, c.code AS organization_code, u.coverage_form,"
    "       u.instructor_name, u.main_unit_id IS NOT NULL AS has_main,"
    "       CASE WHEN u.organization_id IS NULL THEN " IN_TERRITORY(
        "u.region_code") "            ELSE lu.ancestor IS NOT NULL END AS in_scope,"
                         "       g.code IS NOT NULL AS region_known, " IN_TERRITORY(
                             "w.region_code") " AS region_in_scope,"
                                              "       o.id AS wanted_id, o.dissolved_on IS NOT NULL AS "
                                              "wanted_dissolved, lo.ancestor IS NOT NULL AS "
                                              "organization_in_scope"
                                              "  FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS w "
                                              "(code, organization_code, region_code, n)"
                                              "  JOIN organization a ON a.id = $4"
                                              "  LEFT JOIN unit u ON u.code = w.code"
                                              "  LEFT JOIN organization c ON c.id = u.organization_id"
                                              "  LEFT JOIN organization_scope lu ON lu.descendant = u.organization_id "
                                              "AND lu.ancestor = $4 AND lu.writes"
                                              "  LEFT JOIN person p ON p.id = u.owner_id"
                                              "  LEFT JOIN organization o ON o.code = w.organization_code"
                                              "  LEFT JOIN organization_scope lo ON lo.descendant = o.id AND "
                                              "lo.ancestor = $4 AND lo.writes"
                                              "  LEFT JOIN region g ON g.code = w.region_code"
                                              " ORDER BY w.n",
};

void
unit_row_load(struct db_rows *rows, int i, struct unit_row *before)
{
    before->code = db_text(rows, i, "code");
    before->name = db_text(rows, i, "name");
    before->kind = word_of_code(unit_kinds, db_text(rows, i, "kind"));
    before->trade = db_text(rows, i, "trade");
    before->region_code = db_text(rows, i, "region_code");
    before->place = db_text(rows, i, "place");
    before->business_state = word_of_code(business_states, db_text(rows, i, "business_state"));
    before->staff = db_i64(rows, i, "staff");
    before->owner_name = db_text(rows, i, "owner_name");
    before->owner_is_member = db_bool(rows, i, "owner_is_member");
    before->organization_code = db_text(rows, i, "organization_code");
    before->coverage_form = word_of_code(establish_forms, db_text(rows, i, "coverage_form"));
    before->instructor_name = db_text(rows, i, "instructor_name");
}

static status_t
read_facts(struct import_work *work, struct db_rows *rows, int i, struct sheet_row *row)
{
    struct unit_facts *facts = row->facts;

    (void)work;
    facts->exists = !db_is_null(rows, i, "id");
    facts->in_scope = db_bool(rows, i, "in_scope");
    facts->region_known = db_bool(rows, i, "region_known");
    facts->region_in_scope = db_bool(rows, i, "region_in_scope");
    facts->organization_known = !db_is_null(rows, i, "wanted_id");
    facts->organization_dissolved = db_bool(rows, i, "wanted_dissolved");
    facts->organization_in_scope = db_bool(rows, i, "organization_in_scope");
    facts->id = db_id(rows, i, "id");
    facts->owner = db_id(rows, i, "owner_id");
    facts->organization = db_id(rows, i, "wanted_id");
    facts->has_main = db_bool(rows, i, "has_main");
    facts->version = db_i64(rows, i, "version");
    if (facts->exists)
        unit_row_load(rows, i, &facts->before);
    return OK;
}

static status_t
load(struct import_work *work, struct sheet_row **rows, size_t count, bool lock, struct db_rows **ret_found)
{
    const char **codes = arena_array(work->arena, count, sizeof *codes);
    const char **organizations = arena_array(work->arena, count, sizeof *organizations);
    const char **regions = arena_array(work->arena, count, sizeof *regions);
    struct db_args args = { 0 };

    for (size_t i = 0; i < count; i++) {
        const struct unit_row *data = rows[i]->data;

        codes[i] = data->code;
        organizations[i] = data->organization_code;
        regions[i] = data->region_code;
    }
    db_arg_texts(&args, work->arena, codes, count);
    if (lock) {
        place_hold(work, organizations, count);
        db_queue(work->db, &sql_unit_lock, &args);
    }
    db_arg_texts(&args, work->arena, organizations, count);
    db_arg_texts(&args, work->arena, regions, count);
    db_arg_id(&args, &work->actor.organization);
    return db_query(work->db, work->arena, &sql_unit_facts, &args, ret_found);
}

const struct ledger unit_ledger = {
    .form = &unit_form,
    .load = load,
    .facts_size = sizeof(struct unit_facts),
    .before = offsetof(struct unit_facts, before),
    .version = offsetof(struct unit_facts, version),
    .read_facts = read_facts,
    .judge_row = unit_judge,
    .apply = units_write,
    .removed = unit_removed,
};
