/* SPDX-License-Identifier: Apache-2.0 */
/* Effects of the ledger of units: the unit and, where the name is new, its owner as a person. Runs on the jobs thread.
 */
#include "organizations/anchors/follow_place.h"
#include "organizations/figures/store_period.h"
#include "organizations/ledgers/row_set.h"
#include "organizations/units/store_unit_note.h"
#include "organizations/units/unit_ledger.h"
#include "organizations/units/unit_row.h"
#include "io/clock.h"
#include "base/banned.h"

const struct db_statement sql_owner_insert = {
    "owner_insert",
    "INSERT INTO person (id, name)"
    " SELECT r.owner_id, r.new_owner FROM jsonb_to_recordset($1::jsonb) AS r (owner_id uuid, new_owner text)"
    "  WHERE r.new_owner IS NOT NULL",
};

const struct db_statement sql_unit_upsert = {
    "unit_upsert",
    "INSERT INTO unit (id, code, name, kind, trade, region_code, place, business_state, staff, owner_id,"
    "                  owner_is_member, organization_id, coverage_form, instructor_name, version)"
    " SELECT r.id, r.code, r.name, r.kind, r.trade, r.region_code, r.place, r.business_state, r.staff, r.owner_id,"
    "        r.owner_is_member, r.organization_id, r.coverage_form, r.instructor_name, 1"
    "   FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, code text, name text, kind text, trade text,"
    "        region_code text, place text, business_state text, staff bigint, owner_id uuid, owner_is_member boolean,"
    "        organization_id uuid, coverage_form text, instructor_name text)"
    " ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, trade = excluded.trade,"
    "    region_code = excluded.region_code, place = excluded.place, business_state = excluded.business_state,"
    "    staff = excluded.staff, owner_id = excluded.owner_id, owner_is_member = excluded.owner_is_member,"
    "    organization_id = excluded.organization_id, coverage_form = excluded.coverage_form,"
    "    instructor_name = excluded.instructor_name, version = unit.version + 1,"
    "    main_unit_id = CASE WHEN excluded.business_state = 'extra_licence' THEN unit.main_unit_id END",
};

/* The same name is the same person; another name is another one. */
static void
add_owner(struct row_set *set, struct sheet_row *row)
{
    const struct unit_row *data = row->data;
    const struct unit_facts *facts = row->facts;
    bool same = slice_equal(slice_of(data->owner_name), slice_of(facts->before.owner_name));
    struct id owner = same ? facts->owner : clock_id();

    if (!data->owner_name)
        return;
    row_set_id(set, "owner_id", &owner);
    row_set_text(set, "new_owner", same ? NULL : data->owner_name);
    if (!same)
        row->person = owner;
}

static void
add_row(struct row_set *set, struct sheet_row *row)
{
    const struct unit_row *data = row->data;
    const struct unit_facts *facts = row->facts;

    row_set_begin(set);
    row_set_id(set, "id", &row->entity);
    row_set_text(set, "code", data->code);
    row_set_text(set, "name", data->name);
    row_set_text(set, "kind", word_code(unit_kinds, data->kind));
    row_set_text(set, "trade", data->trade);
    row_set_text(set, "region_code", data->region_code);
    row_set_text(set, "place", data->place);
    row_set_text(set, "business_state", word_code(business_states, data->business_state));
    json_int(&set->json, "staff", data->staff);
    add_owner(set, row);
    json_bool(&set->json, "owner_is_member", data->owner_is_member);
    row_set_id(set, "organization_id", &facts->organization);
    row_set_text(set, "coverage_form", word_code(establish_forms, data->coverage_form));
    row_set_text(set, "instructor_name", data->instructor_name);
    row_set_end(set);
}

static const struct id *
ids_of(struct import_work *work, struct sheet_row **rows, size_t count)
{
    struct id *ids = arena_array(work->arena, count, sizeof *ids);

    for (size_t i = 0; i < count; i++)
        ids[i] = rows[i]->entity;
    return ids;
}

static void
write_periods(struct import_work *work, struct sheet_row **rows, size_t count)
{
    const struct id *ids = ids_of(work, rows, count);

    unit_periods_keep(work->db, work->arena, ids, count, work->today);
    anchors_follow_units(work, ids, count);
}

/* What the five-clear ledger and the life of units say of it. */
static void
write_notes(struct import_work *work, struct sheet_row **rows, size_t count)
{
    struct unit_note note = { .source = work->source ? work->source : "street",
                              .as_of = work->source ? work->as_of : work->today,
                              .actor = &work->actor,
                              .at = work->now };

    units_note(work->db, work->arena, ids_of(work, rows, count), count, &note);
}

void
unit_removed(struct import_work *work, const struct sheet_row *row)
{
    work_audit_removal(work, "unit", row);
}

status_t
units_write(struct import_work *work, struct sheet_row **rows, size_t count)
{
    struct db_args args = { 0 };
    struct row_set set;

    row_set_open(&set);
    for (size_t i = 0; i < count; i++) {
        if (rows[i]->outcome == ROW_CREATED)
            rows[i]->entity = clock_id();
        add_row(&set, rows[i]);
    }
    db_arg_text(&args, row_set_close(&set, work->arena));
    db_queue(work->db, &sql_owner_insert, &args);
    db_queue(work->db, &sql_unit_upsert, &args);
    write_periods(work, rows, count);
    write_notes(work, rows, count);
    for (size_t i = 0; i < count; i++) {
        const struct unit_facts *facts = rows[i]->facts;

        work_audit(work, "unit", rows[i], facts->exists ? &facts->before : NULL);
    }
    return OK;
}
