/* SPDX-License-Identifier: Apache-2.0 */
/* Effects of a person's form: the record with its numbers sealed, its history, its audit. Nobody follows persons, so
 * there is no event. On the worker's thread, in its transaction. */
#include "io/clock.h"
#include "organizations/members/identity_number.h"
#include "organizations/members/person_seal.h"
#include "organizations/persons/person_ledger.h"
#include "organizations/persons/person_row.h"
#include "base/banned.h"

const struct db_statement sql_person_keep = {
    "person_keep",
    "INSERT INTO person (id, name, sex, born_on, identity_sealed, identity_index, telephone_sealed, organization_id,"
    "                    unit_id, version)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)"
    " ON CONFLICT (id) DO UPDATE SET name = excluded.name, sex = excluded.sex, born_on = excluded.born_on,"
    "    identity_sealed = excluded.identity_sealed, identity_index = excluded.identity_index,"
    "    telephone_sealed = excluded.telephone_sealed, organization_id = excluded.organization_id,"
    "    unit_id = excluded.unit_id, version = person.version + 1",
};

const struct db_statement sql_person_history_add = {
    "person_history_add",
    "INSERT INTO person_history (person_id, version, at, account_id, role, organization_id, what)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)",
};

void
person_history_add(struct db *db, const struct id *person, int64_t version, const struct actor *actor, instant_t now,
                   const char *what)
{
    struct db_args args = { 0 };

    db_arg_id(&args, person);
    db_arg_i64(&args, version);
    db_arg_instant(&args, now);
    db_arg_id(&args, &actor->account);
    db_arg_text(&args, actor->role);
    db_arg_id(&args, &actor->organization);
    db_arg_text(&args, what);
    db_queue(db, &sql_person_history_add, &args);
}

static const char *
sealed_text(struct import_work *work, const struct id *person, enum person_secret secret, const char *plain)
{
    return bytea_text(work->arena, person_seal(work->arena, work->state, person, secret, plain));
}

static void
keep(struct import_work *work, const struct sheet_row *row)
{
    const struct person_row *data = row->data;
    const struct person_facts *facts = row->facts;
    const char *number = data->identity_number;
    struct db_args args = { 0 };

    db_arg_id(&args, &row->entity);
    db_arg_text(&args, data->name);
    db_arg_text(&args, word_code(sexes, data->sex));
    db_arg_date(&args, number ? identity_birth(number) : DATE_NONE);
    db_arg_text(&args, sealed_text(work, &row->entity, PERSON_IDENTITY, number));
    db_arg_text(&args, number ? identity_index_text(work->arena, work->state, number) : NULL);
    db_arg_text(&args, sealed_text(work, &row->entity, PERSON_TELEPHONE, data->telephone));
    db_arg_id(&args, &facts->organization);
    db_arg_id(&args, data->unit_code ? &facts->unit : NULL);
    db_queue(work->db, &sql_person_keep, &args);
}

status_t
persons_write(struct import_work *work, struct sheet_row **rows, size_t count)
{
    status_t st = OK;

    for (size_t i = 0; i < count && !st; i++) {
        const struct person_facts *facts = rows[i]->facts;
        const char *what = "created";

        if (facts->exists)
            what =
                arena_printf(work->arena, "changed %s", person_differences(work->arena, &facts->before, rows[i]->data));
        else
            rows[i]->entity = clock_id();
        keep(work, rows[i]);
        person_history_add(work->db, &rows[i]->entity, facts->version + 1, &work->actor, work->now, what);
        work_audit(work, "person", rows[i], facts->exists ? &facts->before : NULL);
        st = work_flush(work);
    }
    return st;
}
