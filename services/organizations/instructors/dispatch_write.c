/* SPDX-License-Identifier: Apache-2.0 */
/* Effects of the ledger of instructors: dispatches, and with a name that is new its person and its place in the
 * register of the acting organization. Runs on the jobs thread. */
#include "io/clock.h"
#include "organizations/ledgers/row_set.h"
#include "organizations/instructors/dispatch_ledger.h"
#include "organizations/members/person_seal.h"
#include "base/banned.h"

#define ROWS                                                                                                           \
    "jsonb_to_recordset($1::jsonb) AS r (id uuid, note_id uuid, instructor_id uuid, person_id uuid, new_name text,"    \
    " telephone bytea, unit_id uuid, sending_unit text, full_time boolean, since date, first date, until date,"        \
    " what text)"

const struct db_statement sql_dispatch_people_insert = {
    "dispatch_people_insert",
    "INSERT INTO person (id, name, telephone_sealed, organization_id)"
    " SELECT r.person_id, r.new_name, r.telephone, $2 FROM " ROWS " WHERE r.new_name IS NOT NULL",
};

const struct db_statement sql_dispatch_instructors_insert = {
    "dispatch_instructors_insert",
    "INSERT INTO instructor (id, person_id, organization_id, sending_unit, full_time, since, version)"
    " SELECT r.instructor_id, r.person_id, $2, r.sending_unit, r.full_time, r.first, 1 FROM " ROWS
    "  WHERE r.new_name IS NOT NULL",
};

const struct db_statement sql_dispatch_posts_keep = {
    "dispatch_posts_keep",
    "INSERT INTO person_post (id, person_id, role, unit_id, since, until)"
    " SELECT r.id, r.person_id, 'instructor', r.unit_id, r.since, r.until FROM " ROWS
    " ON CONFLICT (id) DO UPDATE SET until = excluded.until",
};

const struct db_statement sql_dispatch_rows_keep = {
    "dispatch_rows_keep",
    "INSERT INTO dispatch AS d (id, instructor_id, sending_unit, full_time, telephone_sealed, version)"
    " SELECT r.id, r.instructor_id, r.sending_unit, r.full_time, r.telephone, 1 FROM " ROWS
    " ON CONFLICT (id) DO UPDATE SET sending_unit = excluded.sending_unit, full_time = excluded.full_time,"
    "    telephone_sealed = excluded.telephone_sealed, version = d.version + 1",
};

const struct db_statement sql_dispatch_rows_note = {
    "dispatch_rows_note",
    "INSERT INTO instructor_history (id, instructor_id, dispatch_id, at, account_id, role, organization_id, what)"
    " SELECT r.note_id, r.instructor_id, r.id, $3, $4, $5, $2, r.what FROM " ROWS,
};

/* A name that is new: its first row makes the person, the others of the chunk are the same person's. */
struct newcomer {
    const char *name;
    struct id person;
    struct id instructor;
    date_t first; /* his earliest day */
};

struct newcomers {
    struct newcomer *items;
    size_t count;
};

static struct newcomer *
newcomer_find(struct newcomers *newcomers, const char *name)
{
    for (size_t i = 0; i < newcomers->count; i++)
        if (strcmp(newcomers->items[i].name, name) == 0)
            return &newcomers->items[i];
    return NULL;
}

static struct newcomers
gather(struct import_work *work, struct sheet_row **rows, size_t count)
{
    struct newcomers newcomers = { .items = arena_array(work->arena, count, sizeof(struct newcomer)) };

    for (size_t i = 0; i < count; i++) {
        const struct dispatch_row *data = rows[i]->data;
        const struct dispatch_row_facts *facts = rows[i]->facts;
        struct newcomer *known = newcomer_find(&newcomers, data->name);

        if (!id_is_nil(&facts->instructor))
            continue;
        if (!known) {
            known = &newcomers.items[newcomers.count++];
            *known = (struct newcomer){ data->name, clock_id(), clock_id(), data->since };
        }
        if (data->since < known->first)
            known->first = data->since;
    }
    return newcomers;
}

/* Whose the row is. The first row of a name that is new makes him. */
static void
add_person(struct row_set *set, struct newcomers *newcomers, const struct sheet_row *row, struct id *ret_person)
{
    const struct dispatch_row *data = row->data;
    const struct dispatch_row_facts *facts = row->facts;
    struct newcomer *newcomer = id_is_nil(&facts->instructor) ? newcomer_find(newcomers, data->name) : NULL;

    *ret_person = newcomer ? newcomer->person : facts->person;
    row_set_id(set, "person_id", ret_person);
    row_set_id(set, "instructor_id", newcomer ? &newcomer->instructor : &facts->instructor);
    if (newcomer && newcomer->first != DATE_NONE) {
        row_set_text(set, "new_name", data->name);
        row_set_date(set, "first", newcomer->first);
        newcomer->first = DATE_NONE;
    }
}

static void
add_row(struct import_work *work, struct row_set *set, struct newcomers *newcomers, const struct sheet_row *row)
{
    const struct dispatch_row *data = row->data;
    const struct dispatch_row_facts *facts = row->facts;
    struct id note = clock_id();
    struct id person;

    row_set_begin(set);
    row_set_id(set, "id", &row->entity);
    row_set_id(set, "note_id", &note);
    add_person(set, newcomers, row, &person);
    row_set_text(
        set, "telephone",
        bytea_text(work->arena, person_seal(work->arena, work->state, &person, PERSON_TELEPHONE, data->telephone)));
    row_set_id(set, "unit_id", &facts->unit);
    row_set_text(set, "sending_unit", data->sending_unit);
    json_bool(&set->json, "full_time", data->engagement == ENGAGEMENT_FULL_TIME);
    row_set_date(set, "since", data->since);
    row_set_date(set, "until", data->until);
    row_set_text(set, "what", facts->exists ? "changed" : "dispatched");
    row_set_end(set);
}

static void
queue(struct import_work *work, const char *rows)
{
    struct db_args alone = { 0 };
    struct db_args args = { 0 };

    db_arg_text(&alone, rows);
    db_arg_text(&args, rows);
    db_arg_id(&args, &work->actor.organization);
    db_queue(work->db, &sql_dispatch_people_insert, &args);
    db_queue(work->db, &sql_dispatch_instructors_insert, &args);
    db_queue(work->db, &sql_dispatch_posts_keep, &alone);
    db_queue(work->db, &sql_dispatch_rows_keep, &alone);
    db_arg_instant(&args, work->now);
    db_arg_id(&args, &work->actor.account);
    db_arg_text(&args, work->actor.role);
    db_queue(work->db, &sql_dispatch_rows_note, &args);
}

void
dispatch_removed(struct import_work *work, const struct sheet_row *row)
{
    work_audit_removal(work, "dispatch", row);
}

status_t
dispatches_write(struct import_work *work, struct sheet_row **rows, size_t count)
{
    struct newcomers newcomers = gather(work, rows, count);
    struct row_set set;

    row_set_open(&set);
    for (size_t i = 0; i < count; i++) {
        if (rows[i]->outcome == ROW_CREATED)
            rows[i]->entity = clock_id();
        add_row(work, &set, &newcomers, rows[i]);
    }
    queue(work, row_set_close(&set, work->arena));
    for (size_t i = 0; i < count; i++) {
        const struct dispatch_row_facts *facts = rows[i]->facts;

        work_audit(work, "dispatch", rows[i], facts->exists ? &facts->before : NULL);
    }
    return OK;
}
