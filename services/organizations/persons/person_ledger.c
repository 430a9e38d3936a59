/* SPDX-License-Identifier: Apache-2.0 */
/* Facts of persons: found by their id, and by the index of their number. On the worker's thread. */
#include "organizations/persons/person_ledger.h"

#include "organizations/members/person_seal.h"
#include "organizations/persons/person_row.h"
#include "organizations/organizations/organization_ledger.h"
#include "base/banned.h"

const struct db_statement sql_person_lock = {
    "person_lock",
    "SELECT id FROM person WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE",
};

/* A member's number is taken as well: he is known by his own record. */
const struct db_statement sql_person_facts = {
    "person_facts",
    "SELECT o.id AS wanted_id, lo.ancestor IS NOT NULL AS in_scope, o.dissolved_on IS NOT NULL AS dissolved,"
    "       u.id AS unit_id, p.id, p.name, p.sex, p.identity_sealed, p.telephone_sealed, p.version,"
    "       m.id IS NOT NULL AS is_member, k.code AS organization_code, pu.code AS unit_code,"
    "       q.id IS NOT NULL AS number_taken"
    "  FROM unnest($1::uuid[], $2::bytea[], $3::text[], $4::text[]) WITH ORDINALITY"
    "       AS w (id, identity_index, organization_code, unit_code, n)"
    "  LEFT JOIN organization o ON o.code = w.organization_code"
    "  LEFT JOIN organization_scope lo ON lo.descendant = o.id AND lo.ancestor = $5 AND lo.writes"
    "  LEFT JOIN unit u ON u.code = w.unit_code"
    "  LEFT JOIN person p ON p.id = w.id"
    "  LEFT JOIN member m ON m.person_id = p.id"
    "  LEFT JOIN organization k ON k.id = p.organization_id"
    "  LEFT JOIN unit pu ON pu.id = p.unit_id"
    "  LEFT JOIN person q ON q.identity_index = w.identity_index AND q.id IS DISTINCT FROM w.id"
    " ORDER BY w.n",
};

static status_t
load_row(struct import_work *work, struct db_rows *rows, int i, const struct id *person, struct person_row *before)
{
    status_t st;

    before->id = db_text(rows, i, "id");
    before->name = db_text(rows, i, "name");
    before->sex = word_of_code(sexes, db_text(rows, i, "sex"));
    before->organization_code = db_text(rows, i, "organization_code");
    before->unit_code = db_text(rows, i, "unit_code");
    st = person_open(work->arena, work->state, person, PERSON_IDENTITY, db_bytes(rows, i, "identity_sealed"),
                     &before->identity_number);
    if (st)
        return st;
    return person_open(work->arena, work->state, person, PERSON_TELEPHONE, db_bytes(rows, i, "telephone_sealed"),
                       &before->telephone);
}

static status_t
read_facts(struct import_work *work, struct db_rows *rows, int i, struct sheet_row *row)
{
    struct person_facts *facts = row->facts;

    facts->exists = !db_is_null(rows, i, "id");
    facts->is_member = db_bool(rows, i, "is_member");
    facts->number_taken = db_bool(rows, i, "number_taken");
    facts->organization_known = !db_is_null(rows, i, "wanted_id");
    facts->organization_in_scope = db_bool(rows, i, "in_scope");
    facts->organization_dissolved = db_bool(rows, i, "dissolved");
    facts->unit_known = !db_is_null(rows, i, "unit_id");
    facts->person = db_id(rows, i, "id");
    facts->organization = db_id(rows, i, "wanted_id");
    facts->unit = db_id(rows, i, "unit_id");
    facts->version = db_i64(rows, i, "version");
    return facts->exists ? load_row(work, rows, i, &facts->person, &facts->before) : OK;
}

static status_t
load(struct import_work *work, struct sheet_row **rows, size_t count, bool lock, struct db_rows **ret_found)
{
    const char **ids = arena_array(work->arena, count, sizeof *ids);
    const char **indexes = arena_array(work->arena, count, sizeof *indexes);
    const char **organizations = arena_array(work->arena, count, sizeof *organizations);
    const char **units = arena_array(work->arena, count, sizeof *units);
    struct db_args args = { 0 };

    for (size_t i = 0; i < count; i++) {
        const struct person_row *data = rows[i]->data;

        ids[i] = data->id;
        indexes[i] =
            data->identity_number ? identity_index_text(work->arena, work->state, data->identity_number) : NULL;
        organizations[i] = data->organization_code;
        units[i] = data->unit_code;
    }
    db_arg_texts(&args, work->arena, ids, count);
    if (lock) {
        place_hold(work, organizations, count);
        db_queue(work->db, &sql_person_lock, &args);
    }
    db_arg_texts(&args, work->arena, indexes, count);
    db_arg_texts(&args, work->arena, organizations, count);
    db_arg_texts(&args, work->arena, units, count);
    db_arg_id(&args, &work->actor.organization);
    return db_query(work->db, work->arena, &sql_person_facts, &args, ret_found);
}

const struct ledger person_ledger = {
    .form = &person_form,
    .load = load,
    .facts_size = sizeof(struct person_facts),
    .before = offsetof(struct person_facts, before),
    .version = offsetof(struct person_facts, version),
    .read_facts = read_facts,
    .judge_row = person_judge,
    .apply = persons_write,
};
