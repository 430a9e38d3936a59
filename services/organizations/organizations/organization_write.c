/* SPDX-License-Identifier: Apache-2.0 */
/* Effects of the ledger of organizations: the organization, its line, its power, its secretary, the news. Rows come
 * superiors first. Runs on the jobs thread. */
#include "organizations/emit.h"
#include "organizations/figures/store_period.h"
#include "organizations/ledgers/row_set.h"
#include "organizations/life/store_life.h"
#include "organizations/organizations/organization_ledger.h"
#include "organizations/organizations/organization_row.h"
#include "organizations/relations/store_line.h"
#include "io/clock.h"
#include "base/banned.h"

const struct db_statement sql_organization_upsert = {
    "organization_upsert",
    "INSERT INTO organization (id, code, name, kind, establish_form, region_code, place, founded_on, term_ends_on,"
    "                          telephone, address, version)"
    " SELECT r.id, r.code, r.name, r.kind, r.establish_form, r.region_code, r.place, r.founded_on, r.term_ends_on,"
    "        r.telephone, r.address, 1"
    "   FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, code text, name text, kind text, establish_form text,"
    "        region_code text, place text, founded_on date, term_ends_on date, telephone text, address text)"
    " ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind,"
    "    establish_form = excluded.establish_form, region_code = excluded.region_code, place = excluded.place,"
    "    founded_on = excluded.founded_on, term_ends_on = excluded.term_ends_on, telephone = excluded.telephone,"
    "    address = excluded.address,"
    "    version = organization.version + 1",
};

const struct db_statement sql_organization_root = {
    "organization_root",
    "INSERT INTO organization (id, code, name, kind, version) VALUES ($1, $2, $3, $4, 1)",
};

void
organization_write_root(struct db *db, struct arena *arena, const struct id *id, const char *code, const char *name,
                        int kind, date_t today)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_text(&args, code);
    db_arg_text(&args, name);
    db_arg_text(&args, word_code(organization_kinds, kind));
    db_queue(db, &sql_organization_root, &args);
    line_add(db, id, NULL);
    organization_periods_keep(db, arena, id, 1, today);
}

const struct db_statement sql_relation_insert = {
    "relation_insert",
    "INSERT INTO relation (organization_id, superior_id, kind, scope, since) VALUES ($1, $2, 'line', 'write', $3)",
};

/* An approval power that is no longer in the ledger ends today; another date corrects the one that holds. */
const struct db_statement sql_approval_change = {
    "approval_change",
    "UPDATE approval_power a"
    "   SET since = coalesce(r.may_issue_from, a.since),"
    "       until = CASE WHEN r.may_issue_from IS NULL THEN greatest(a.since, $2::date) END"
    "  FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, may_issue_from date)"
    " WHERE a.organization_id = r.id AND a.until IS NULL AND a.since IS DISTINCT FROM r.may_issue_from",
};

const struct db_statement sql_approval_insert = {
    "approval_insert",
    "INSERT INTO approval_power (organization_id, since)"
    " SELECT r.id, greatest(r.may_issue_from, (SELECT max(a.until) FROM approval_power a"
    "                                           WHERE a.organization_id = r.id))"
    "   FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, may_issue_from date)"
    "  WHERE r.may_issue_from IS NOT NULL"
    "    AND NOT EXISTS (SELECT FROM approval_power a WHERE a.organization_id = r.id AND a.until IS NULL)",
};

const struct db_statement sql_post_close = {
    "post_close",
    "UPDATE post t SET until = greatest(t.since, $2::date)"
    "  FROM jsonb_to_recordset($1::jsonb) AS r (id uuid)"
    " WHERE t.organization_id = r.id AND t.role = 'secretary' AND t.until IS NULL",
};

/* The secretary is the member of that name and duty, or else a person of whom only the name is known. */
const struct db_statement sql_post_insert = {
    "post_insert",
    "WITH wanted AS ("
    "    SELECT r.id, r.name, r.person_id,"
    "           (SELECT m.person_id FROM member m JOIN person p ON p.id = m.person_id"
    "             WHERE m.organization_id = r.id AND m.duty = '书记' AND p.name = r.name LIMIT 1) AS known"
    "      FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, name text, person_id uuid)"
    "     WHERE r.name IS NOT NULL),"
    " fresh AS (INSERT INTO person (id, name) SELECT person_id, name FROM wanted WHERE known IS NULL)"
    " INSERT INTO post (organization_id, person_id, role, since)"
    " SELECT id, coalesce(known, person_id), 'secretary', $2::date FROM wanted",
};

static void
queue_set(struct import_work *work, const struct db_statement *statement, const char *set, bool dated)
{
    struct db_args args = { 0 };

    db_arg_text(&args, set);
    if (dated)
        db_arg_date(&args, work->today);
    db_queue(work->db, statement, &args);
}

static void
add_row(struct row_set *set, const struct sheet_row *row)
{
    const struct organization_row *data = row->data;

    row_set_begin(set);
    row_set_id(set, "id", &row->entity);
    row_set_text(set, "code", data->code);
    row_set_text(set, "name", data->name);
    row_set_text(set, "kind", word_code(organization_kinds, data->kind));
    row_set_text(set, "establish_form", word_code(establish_forms, data->form));
    row_set_text(set, "region_code", data->region_code);
    row_set_text(set, "place", data->place);
    row_set_date(set, "founded_on", data->founded_on);
    row_set_date(set, "term_ends_on", data->term_ends_on);
    row_set_text(set, "telephone", data->telephone);
    row_set_text(set, "address", data->address);
    row_set_date(set, "may_issue_from", data->may_issue_from);
    row_set_end(set);
}

static bool
secretary_changes(const struct sheet_row *row)
{
    const struct organization_facts *facts = row->facts;

    return !slice_equal(slice_of(facts->before.secretary_name),
                        slice_of(((const struct organization_row *)row->data)->secretary_name));
}

static void
write_secretaries(struct import_work *work, struct sheet_row **rows, size_t count)
{
    struct row_set set;
    const char *json;

    row_set_open(&set);
    for (size_t i = 0; i < count; i++) {
        struct id person = clock_id();

        if (!secretary_changes(rows[i]))
            continue;
        row_set_begin(&set);
        row_set_id(&set, "id", &rows[i]->entity);
        row_set_text(&set, "name", ((const struct organization_row *)rows[i]->data)->secretary_name);
        row_set_id(&set, "person_id", &person);
        row_set_end(&set);
    }
    json = row_set_close(&set, work->arena);
    queue_set(work, &sql_post_close, json, true);
    queue_set(work, &sql_post_insert, json, true);
}

/* A superior that came with the same batch has its entity by now: it stands before this row. */
static struct id
superior_of(const struct import_work *work, const struct sheet_row *row)
{
    const struct organization_row *data = row->data;
    const struct organization_facts *facts = row->facts;

    if (!id_is_nil(&facts->superior))
        return facts->superior;
    return data->superior_code ? sheet_find(work->sheet, data->superior_code)->entity : work->actor.organization;
}

static void
write_line(struct import_work *work, const struct sheet_row *row, const struct id *superior)
{
    struct db_args args = { 0 };

    line_add(work->db, &row->entity, superior);
    db_arg_id(&args, &row->entity);
    db_arg_id(&args, superior);
    db_arg_date(&args, work->today);
    db_queue(work->db, &sql_relation_insert, &args);
}

static status_t
tell(struct import_work *work, struct sheet_row *row)
{
    const struct organization_row *data = row->data;
    const struct organization_facts *facts = row->facts;
    struct id *superior = arena_alloc(work->arena, sizeof *superior);
    struct organization_news news = { .id = &row->entity,
                                      .name = data->name,
                                      .code = data->code,
                                      .kind = data->kind,
                                      .form = data->form,
                                      .superior = superior,
                                      .may_issue_from = data->may_issue_from,
                                      .version = facts->version + 1 };

    *superior = facts->exists ? facts->superior : superior_of(work, row);
    if (!facts->exists)
        write_line(work, row, superior);
    emit_organization_recorded(work->db, work->arena, &news, work->now);
    work_audit(work, "organization", row, facts->exists ? &facts->before : NULL);
    return work_flush(work);
}

/* What follows from the rows: who else reaches them, and their periods. */
static void
write_closures(struct import_work *work, struct sheet_row **rows, size_t count)
{
    struct id *all = arena_array(work->arena, count, sizeof *all);
    struct id *created = arena_array(work->arena, count, sizeof *created);
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        all[i] = rows[i]->entity;
        if (rows[i]->outcome == ROW_CREATED)
            created[n++] = rows[i]->entity;
    }
    if (n)
        reach_make(work->db, work->arena, created, n);
    organization_periods_keep(work->db, work->arena, all, count, work->today);
}

void
organization_removed(struct import_work *work, const struct sheet_row *row)
{
    const struct organization_row *data = row->data;
    const struct organization_facts *facts = row->facts;

    emit_organization_recorded(work->db, work->arena,
                               &(struct organization_news){ .id = &row->entity,
                                                            .name = data->name,
                                                            .code = data->code,
                                                            .kind = data->kind,
                                                            .form = data->form,
                                                            .superior = &facts->superior,
                                                            .may_issue_from = data->may_issue_from,
                                                            .removed = true,
                                                            .version = facts->version + 1 },
                               work->now);
    work_audit_removal(work, "organization", row);
}

status_t
organizations_write(struct import_work *work, struct sheet_row **rows, size_t count)
{
    struct row_set set;
    const char *json;
    status_t st = OK;

    line_lock(work->db, false);
    row_set_open(&set);
    for (size_t i = 0; i < count; i++) {
        if (rows[i]->outcome == ROW_CREATED)
            rows[i]->entity = clock_id();
        add_row(&set, rows[i]);
    }
    json = row_set_close(&set, work->arena);
    names_keep(work->db, json, work->today);
    queue_set(work, &sql_organization_upsert, json, false);
    queue_set(work, &sql_approval_change, json, true);
    queue_set(work, &sql_approval_insert, json, false);
    write_secretaries(work, rows, count);
    for (size_t i = 0; i < count && !st; i++)
        st = tell(work, rows[i]);
    if (!st)
        write_closures(work, rows, count);
    return st;
}
