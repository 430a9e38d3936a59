/* SPDX-License-Identifier: Apache-2.0 */
/* Facts of the ledger of instructors. Runs on the jobs thread. */
#include "organizations/instructors/dispatch_ledger.h"

#include "organizations/documents/record_scope.h"
#include "organizations/instructors/instructor_scope.h"
#include "organizations/instructors/interest.h"
#include "organizations/members/person_seal.h"
#include "base/banned.h"

/* One register is written by one import at a time, so that a new name becomes one person. */
const struct db_statement sql_dispatch_register_lock = {
    "dispatch_register_lock",
    "SELECT id FROM organization WHERE id = $1 FOR NO KEY UPDATE",
};

const struct db_statement sql_dispatch_row_lock = {
    "dispatch_row_lock",
    "SELECT d.id FROM unit u JOIN person_post t ON t.unit_id = u.id JOIN dispatch d ON d.id = t.id"
    " WHERE u.code = ANY ($1::text[]) ORDER BY d.id FOR UPDATE OF d",
};

/* $1: acting organization */
const struct db_statement sql_dispatch_row_facts = {
    "dispatch_row_facts",
    "SELECT u.id AS unit_id, u.code AS unit_code, coalesce(k.reached, false) AS unit_reached, c.same_name,"
    "       coalesce(x.instructor_id, c.instructor_id) AS instructor_id, coalesce(x.person_id, c.person_id) AS "
    "person_id,"
    "       x.id, x.name, x.since, x.until, x.sending_unit, x.full_time, x.telephone_sealed, x.version,"
    "       EXISTS (SELECT FROM person_post t WHERE t.person_id = coalesce(x.person_id, c.person_id)"
    "                  AND t.role = 'instructor' AND t.unit_id = u.id AND t.id IS DISTINCT FROM x.id"
    "                  AND daterange(t.since, t.until) && daterange(w.since::date, w.until::date)) AS overlaps,"
    " " HAS_INTEREST(
        "coalesce(x.person_id, c.person_id)",
        "u.id") " AS interest"
                "  FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY"
                "       AS w (name, unit_code, since, until, n)"
                "  LEFT JOIN unit u ON u.code = w.unit_code"
                "  LEFT JOIN LATERAL (SELECT true AS reached FROM record_place p"
                "                      WHERE p.record = 'unit' AND p.id = u.id AND " PLACE_WRITE " LIMIT 1) k ON true"
                "  LEFT JOIN LATERAL (SELECT t.id, t.person_id, n.name, t.since, t.until, d.instructor_id, "
                "d.sending_unit,"
                "                            d.full_time, d.telephone_sealed, d.version"
                "                       FROM person_post t JOIN dispatch d ON d.id = t.id"
                "                       JOIN instructor i ON i.id = d.instructor_id JOIN person n ON n.id = t.person_id"
                "                      WHERE t.unit_id = u.id AND t.role = 'instructor' AND n.name = w.name"
                "                        AND t.since = w.since::date AND " INSTRUCTOR_WRITTEN
                "                      ORDER BY t.id LIMIT 1) x ON true"
                " CROSS JOIN LATERAL (SELECT count(*) AS same_name, min(i.id::text)::uuid AS instructor_id,"
                "                            min(i.person_id::text)::uuid AS person_id"
                "                       FROM person n JOIN instructor i ON i.person_id = n.id AND i.until IS NULL"
                "                      WHERE n.name = w.name AND i.organization_id = $1) c"
                " ORDER BY w.n",
};

static status_t
load_row(struct import_work *work, struct db_rows *rows, int i, const struct id *person, struct dispatch_row *before)
{
    before->name = db_text(rows, i, "name");
    before->sending_unit = db_text(rows, i, "sending_unit");
    before->engagement = db_bool(rows, i, "full_time") ? ENGAGEMENT_FULL_TIME : ENGAGEMENT_PART_TIME;
    before->unit_code = db_text(rows, i, "unit_code");
    before->since = db_date(rows, i, "since");
    before->until = db_date(rows, i, "until");
    return person_open(work->arena, work->state, person, PERSON_TELEPHONE, db_bytes(rows, i, "telephone_sealed"),
                       &before->telephone);
}

static status_t
read_facts(struct import_work *work, struct db_rows *rows, int i, struct sheet_row *row)
{
    struct dispatch_row_facts *facts = row->facts;

    facts->exists = !db_is_null(rows, i, "id");
    facts->unit_known = !db_is_null(rows, i, "unit_id");
    facts->unit_reached = db_bool(rows, i, "unit_reached");
    facts->interest = db_bool(rows, i, "interest");
    facts->overlaps = db_bool(rows, i, "overlaps");
    facts->same_name = db_i64(rows, i, "same_name");
    facts->id = db_id(rows, i, "id");
    facts->instructor = db_id(rows, i, "instructor_id");
    facts->person = db_id(rows, i, "person_id");
    facts->unit = db_id(rows, i, "unit_id");
    facts->version = db_i64(rows, i, "version");
    return facts->exists ? load_row(work, rows, i, &facts->person, &facts->before) : OK;
}

static const char *
day_text(struct arena *arena, date_t day)
{
    char *text = arena_alloc(arena, DATE_SIZE);

    if (day == DATE_NONE)
        return NULL;
    date_format(day, text);
    return text;
}

static status_t
load(struct import_work *work, struct sheet_row **rows, size_t count, bool lock, struct db_rows **ret_found)
{
    const char **names = arena_array(work->arena, count, sizeof *names);
    const char **units = arena_array(work->arena, count, sizeof *units);
    const char **since = arena_array(work->arena, count, sizeof *since);
    const char **until = arena_array(work->arena, count, sizeof *until);
    struct db_args locked = { 0 };
    struct db_args args = { 0 };

    for (size_t i = 0; i < count; i++) {
        const struct dispatch_row *data = rows[i]->data;

        names[i] = data->name;
        units[i] = data->unit_code;
        since[i] = day_text(work->arena, data->since);
        until[i] = day_text(work->arena, data->until);
    }
    db_arg_id(&args, &work->actor.organization);
    db_arg_texts(&locked, work->arena, units, count);
    if (lock) {
        db_queue(work->db, &sql_dispatch_register_lock, &args);
        db_queue(work->db, &sql_dispatch_row_lock, &locked);
    }
    db_arg_texts(&args, work->arena, names, count);
    db_arg_texts(&args, work->arena, units, count);
    db_arg_texts(&args, work->arena, since, count);
    db_arg_texts(&args, work->arena, until, count);
    return db_query(work->db, work->arena, &sql_dispatch_row_facts, &args, ret_found);
}

const struct ledger dispatch_ledger = {
    .form = &dispatch_form,
    .load = load,
    .facts_size = sizeof(struct dispatch_row_facts),
    .before = offsetof(struct dispatch_row_facts, before),
    .version = offsetof(struct dispatch_row_facts, version),
    .read_facts = read_facts,
    .judge_row = dispatch_judge_row,
    .apply = dispatches_write,
    .removed = dispatch_removed,
};
