/* SPDX-License-Identifier: Apache-2.0 */
/* Effects of the ledger of members: person, member, the first membership, the news. Runs on the jobs thread. */
#include "organizations/emit.h"
#include "organizations/figures/store_period.h"
#include "organizations/ledgers/row_set.h"
#include "organizations/members/member_ledger.h"
#include "organizations/members/member_row.h"
#include "organizations/members/person_seal.h"
#include "io/clock.h"
#include "base/banned.h"

const struct db_statement sql_person_upsert = {
    "person_upsert",
    "INSERT INTO person (id, name, sex, ethnicity, born_on, education, identity_sealed, identity_index,"
    "                    telephone_sealed)"
    " SELECT r.person_id, r.name, r.sex, r.ethnicity, r.born_on, r.education, r.identity_sealed, r.identity_index,"
    "        r.telephone_sealed"
    "   FROM jsonb_to_recordset($1::jsonb) AS r (person_id uuid, name text, sex text, ethnicity text, born_on date,"
    "        education text, identity_sealed bytea, identity_index bytea, telephone_sealed bytea)"
    " ON CONFLICT (id) DO UPDATE SET name = excluded.name, sex = excluded.sex, ethnicity = excluded.ethnicity,"
    "    born_on = excluded.born_on, education = excluded.education, identity_sealed = excluded.identity_sealed,"
    "    identity_index = excluded.identity_index, telephone_sealed = excluded.telephone_sealed,"
    "    version = person.version + 1",
};

const struct db_statement sql_member_upsert = {
    "member_upsert",
    "INSERT INTO member (id, person_id, standing, status, joined_on, full_on, organization_id, unit_id, duty, "
    "duty_since,"
    "                    occupation, floating, version)"
    " SELECT r.id, r.person_id, r.standing, 'active', r.joined_on, r.full_on, r.organization_id, r.unit_id, r.duty, "
    "r.duty_since,"
    "        r.occupation, r.floating, 1"
    "   FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, person_id uuid, standing text, joined_on date, full_on date,"
    "        organization_id uuid, unit_id uuid, duty text, duty_since date, occupation text, floating boolean)"
    " ON CONFLICT (id) DO UPDATE SET standing = excluded.standing, joined_on = excluded.joined_on,"
    "    full_on = excluded.full_on, unit_id = excluded.unit_id, duty = excluded.duty, duty_since = "
    "excluded.duty_since,"
    "    occupation = excluded.occupation, floating = excluded.floating, version = member.version + 1",
};

const struct db_statement sql_membership_insert = {
    "membership_insert",
    "INSERT INTO membership (member_id, organization_id, since)"
    " SELECT r.id, r.organization_id, $2::timestamptz"
    "   FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, organization_id uuid, created boolean)"
    "  WHERE r.created",
};

/* Whoever has become a member applies no longer (入党积极分子, 入党申请人). */
const struct db_statement sql_candidacies_end = {
    "candidacies_end",
    "UPDATE person_post SET until = $2"
    " WHERE person_id = ANY ($1::uuid[]) AND role IN ('activist', 'applicant') AND until IS NULL",
};

/* Known by number, or the secretary of whom only the name was known, or new. */
static struct id
person_of(struct sheet_row *row)
{
    const struct member_facts *facts = row->facts;

    if (!id_is_nil(&facts->person))
        return facts->person;
    if (member_is_secretary(row->data, facts))
        return facts->secretary;
    return row->person = clock_id();
}

static void
add_person(struct import_work *work, struct row_set *set, const struct member_row *data, const struct id *person)
{
    struct slice identity = person_seal(work->arena, work->state, person, PERSON_IDENTITY, data->identity_number);
    struct slice telephone = person_seal(work->arena, work->state, person, PERSON_TELEPHONE, data->telephone);

    row_set_id(set, "person_id", person);
    row_set_text(set, "name", data->name);
    row_set_text(set, "sex", word_code(sexes, data->sex));
    row_set_text(set, "ethnicity", data->ethnicity);
    row_set_date(set, "born_on", data->born_on);
    row_set_text(set, "education", data->education);
    row_set_text(set, "identity_sealed", bytea_text(work->arena, identity));
    row_set_text(set, "identity_index", identity_index_text(work->arena, work->state, data->identity_number));
    row_set_text(set, "telephone_sealed", bytea_text(work->arena, telephone));
}

static void
add_row(struct import_work *work, struct row_set *set, const struct sheet_row *row)
{
    const struct member_row *data = row->data;
    const struct member_facts *facts = row->facts;

    row_set_begin(set);
    row_set_id(set, "id", &row->entity);
    add_person(work, set, data, &facts->person);
    row_set_text(set, "standing", word_code(standings, data->standing));
    row_set_date(set, "joined_on", data->joined_on);
    row_set_date(set, "full_on", data->full_on);
    row_set_id(set, "organization_id", &facts->organization);
    row_set_id(set, "unit_id", &facts->unit);
    row_set_text(set, "duty", data->duty);
    row_set_date(set, "duty_since", member_duty_since(data, facts, work->today));
    row_set_text(set, "occupation", data->occupation);
    json_bool(&set->json, "floating", data->floating);
    json_bool(&set->json, "created", !facts->exists);
    row_set_end(set);
}

static void
write_set(struct import_work *work, const char *json)
{
    struct db_args args = { 0 };

    db_arg_text(&args, json);
    db_queue(work->db, &sql_person_upsert, &args);
    db_queue(work->db, &sql_member_upsert, &args);
    db_arg_instant(&args, work->now);
    db_queue(work->db, &sql_membership_insert, &args);
}

static void
tell(struct import_work *work, const struct sheet_row *row)
{
    const struct member_row *data = row->data;
    const struct member_facts *facts = row->facts;

    emit_member_recorded(work->db, work->arena,
                         &(struct member_news){ .id = &row->entity,
                                                .person = &facts->person,
                                                .name = data->name,
                                                .standing = data->standing,
                                                .organization = &facts->organization,
                                                .duty = data->duty,
                                                .duty_since = member_duty_since(data, facts, work->today),
                                                .version = facts->version + 1 },
                         work->now);
    work_audit(work, "member", row, facts->exists ? &facts->before : NULL);
}

/* Of those who were known before they became members. */
static void
end_candidacies(struct import_work *work, const struct id *persons, size_t count)
{
    struct db_args args = { 0 };

    if (!count)
        return;
    db_arg_ids(&args, work->arena, persons, count);
    db_arg_date(&args, work->today);
    db_queue(work->db, &sql_candidacies_end, &args);
}

static void
write_periods(struct import_work *work, struct sheet_row **rows, size_t count)
{
    struct id *ids = arena_array(work->arena, count, sizeof *ids);

    for (size_t i = 0; i < count; i++)
        ids[i] = rows[i]->entity;
    floating_periods_keep(work->db, work->arena, ids, count, work->today);
}

void
member_removed(struct import_work *work, const struct sheet_row *row)
{
    const struct member_row *data = row->data;
    const struct member_facts *facts = row->facts;

    emit_member_recorded(work->db, work->arena,
                         &(struct member_news){ .id = &row->entity,
                                                .person = &facts->person,
                                                .name = data->name,
                                                .standing = data->standing,
                                                .organization = &facts->organization,
                                                .status = "undone",
                                                .duty_since = DATE_NONE,
                                                .version = facts->version + 1 },
                         work->now);
    work_audit_removal(work, "member", row);
}

status_t
members_write(struct import_work *work, struct sheet_row **rows, size_t count)
{
    struct id *known = arena_array(work->arena, count, sizeof *known);
    struct row_set set;
    size_t n = 0;

    row_set_open(&set);
    for (size_t i = 0; i < count; i++) {
        struct member_facts *facts = rows[i]->facts;

        if (rows[i]->outcome == ROW_CREATED)
            rows[i]->entity = clock_id();
        if (rows[i]->outcome == ROW_CREATED && !id_is_nil(&facts->person))
            known[n++] = facts->person;
        facts->person = person_of(rows[i]);
        add_row(work, &set, rows[i]);
    }
    write_set(work, row_set_close(&set, work->arena));
    end_candidacies(work, known, n);
    write_periods(work, rows, count);
    for (size_t i = 0; i < count; i++)
        tell(work, rows[i]);
    return OK;
}
