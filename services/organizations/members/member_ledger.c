/* SPDX-License-Identifier: Apache-2.0 */
/* Facts of the ledger of members: persons are found by the index of their number. Runs on the jobs thread. */
#include "organizations/members/member_ledger.h"

#include "organizations/members/member_row.h"
#include "organizations/members/person_seal.h"
#include "organizations/organizations/organization_ledger.h"
#include "base/banned.h"

const struct db_statement sql_member_lock = {
    "member_lock",
    "SELECT p.id FROM person p LEFT JOIN member m ON m.person_id = p.id"
    " WHERE p.identity_index = ANY ($1::bytea[]) ORDER BY p.id FOR UPDATE OF p",
};

/* A secretary without a number may turn out to be one of the members. */
const struct db_statement sql_member_facts = {
    "member_facts",
    "SELECT o.id AS wanted_id, o.kind AS wanted_kind, o.dissolved_on IS NOT NULL AS wanted_dissolved, lo.ancestor IS "
    "NOT NULL AS in_scope, u.id AS unit_id,"
    "       p.id AS person_id, p.name, p.sex, p.ethnicity, p.born_on, p.education, p.telephone_sealed,"
    "       m.id, m.version, m.status, m.joined_on, m.full_on, m.standing, m.duty, m.duty_since, m.occupation, "
    "m.floating,"
    "       mo.code AS organization_code, mu.code AS unit_code,"
    "       s.person_id AS secretary_id, s.name AS secretary_name"
    "  FROM unnest($1::bytea[], $2::text[], $3::text[]) WITH ORDINALITY"
    "       AS w (identity_index, organization_code, unit_code, n)"
    "  LEFT JOIN organization o ON o.code = w.organization_code"
    "  LEFT JOIN organization_scope lo ON lo.descendant = o.id AND lo.ancestor = $4 AND lo.writes"
    "  LEFT JOIN unit u ON u.code = w.unit_code"
    "  LEFT JOIN person p ON p.identity_index = w.identity_index"
    "  LEFT JOIN member m ON m.person_id = p.id"
    "  LEFT JOIN organization mo ON mo.id = m.organization_id"
    "  LEFT JOIN unit mu ON mu.id = m.unit_id"
    "  LEFT JOIN LATERAL (SELECT t.person_id, q.name FROM post t JOIN person q ON q.id = t.person_id"
    "                      WHERE t.organization_id = o.id AND t.role = 'secretary' AND t.until IS NULL"
    "                        AND q.identity_index IS NULL) s ON true"
    " ORDER BY w.n",
};

status_t
member_row_load(struct arena *arena, const struct organizations_state *state, struct db_rows *rows, int i,
                const struct id *person, struct member_row *before)
{
    before->name = db_text(rows, i, "name");
    before->sex = word_of_code(sexes, db_text(rows, i, "sex"));
    before->ethnicity = db_text(rows, i, "ethnicity");
    before->born_on = db_date(rows, i, "born_on");
    before->education = db_text(rows, i, "education");
    before->joined_on = db_date(rows, i, "joined_on");
    before->full_on = db_date(rows, i, "full_on");
    before->standing = word_of_code(standings, db_text(rows, i, "standing"));
    before->organization_code = db_text(rows, i, "organization_code");
    before->unit_code = db_text(rows, i, "unit_code");
    before->duty = db_text(rows, i, "duty");
    before->occupation = db_text(rows, i, "occupation");
    before->floating = db_bool(rows, i, "floating");
    return person_open(arena, state, person, PERSON_TELEPHONE, db_bytes(rows, i, "telephone_sealed"),
                       &before->telephone);
}

static status_t
read_facts(struct import_work *work, struct db_rows *rows, int i, struct sheet_row *row)
{
    const struct member_row *data = row->data;
    struct member_facts *facts = row->facts;

    facts->exists = !db_is_null(rows, i, "id");
    facts->left = facts->exists && strcmp(db_text(rows, i, "status"), "active") != 0;
    facts->organization_known = !db_is_null(rows, i, "wanted_id");
    facts->organization_in_scope = db_bool(rows, i, "in_scope");
    facts->organization_kind = word_of_code(organization_kinds, db_text(rows, i, "wanted_kind"));
    facts->organization_dissolved = db_bool(rows, i, "wanted_dissolved");
    facts->duty_since = db_date(rows, i, "duty_since");
    facts->unit_known = !db_is_null(rows, i, "unit_id");
    facts->organization = db_id(rows, i, "wanted_id");
    facts->unit = db_id(rows, i, "unit_id");
    facts->member = db_id(rows, i, "id");
    facts->person = db_id(rows, i, "person_id");
    facts->secretary = db_id(rows, i, "secretary_id");
    facts->secretary_name = db_text(rows, i, "secretary_name");
    facts->version = db_i64(rows, i, "version");
    facts->before.identity_number = data->identity_number; /* it is by this number that the row was found */
    if (!facts->exists)
        return OK;
    return member_row_load(work->arena, work->state, rows, i, &facts->person, &facts->before);
}

static status_t
load(struct import_work *work, struct sheet_row **rows, size_t count, bool lock, struct db_rows **ret_found)
{
    const char **numbers = arena_array(work->arena, count, sizeof *numbers);
    const char **indexes = arena_array(work->arena, count, sizeof *indexes);
    const char **organizations = arena_array(work->arena, count, sizeof *organizations);
    const char **units = arena_array(work->arena, count, sizeof *units);
    struct db_args args = { 0 };
    status_t st = member_numbers(work, rows, count, numbers);

    if (st)
        return st;
    for (size_t i = 0; i < count; i++) {
        const struct member_row *data = rows[i]->data;

        indexes[i] = numbers[i] ? identity_index_text(work->arena, work->state, numbers[i]) : NULL;
        organizations[i] = data->organization_code;
        units[i] = data->unit_code;
    }
    db_arg_texts(&args, work->arena, indexes, count);
    if (lock) {
        place_hold(work, organizations, count);
        db_queue(work->db, &sql_member_lock, &args);
    }
    db_arg_texts(&args, work->arena, organizations, count);
    db_arg_texts(&args, work->arena, units, count);
    db_arg_id(&args, &work->actor.organization);
    return db_query(work->db, work->arena, &sql_member_facts, &args, ret_found);
}

const struct ledger member_ledger = {
    .form = &member_form,
    .has_bases = true,
    .load = load,
    .facts_size = sizeof(struct member_facts),
    .before = offsetof(struct member_facts, before),
    .version = offsetof(struct member_facts, version),
    .read_facts = read_facts,
    .judge_row = member_judge,
    .apply = members_write,
    .removed = member_removed,
};
