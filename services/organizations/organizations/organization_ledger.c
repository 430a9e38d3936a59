/* SPDX-License-Identifier: Apache-2.0 */
/* Facts of the ledger of organizations. Runs on the jobs thread. */
#include "organizations/organizations/organization_ledger.h"

#include "organizations/organizations/organization_row.h"
#include "base/banned.h"

const struct db_statement sql_organization_lock = {
    "organization_lock",
    "SELECT id FROM organization WHERE code = ANY ($1::text[]) ORDER BY id FOR UPDATE",
};

/* The places that the rows name stay what they are until the rows are written: nobody dissolves them meanwhile. */
const struct db_statement sql_place_hold = {
    "place_hold",
    "SELECT id FROM organization WHERE code = ANY ($1::text[]) ORDER BY id FOR KEY SHARE",
};

void
place_hold(struct import_work *work, const char *const *codes, size_t count)
{
    struct db_args args = { 0 };

    db_arg_texts(&args, work->arena, codes, count);
    db_queue(work->db, &sql_place_hold, &args);
}

const struct db_statement sql_organization_hold = {
    "organization_hold",
    "SELECT id FROM organization WHERE id = $1 FOR KEY SHARE",
};

void
organization_hold(struct db *db, const struct id *id)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_queue(db, &sql_organization_hold, &args);
}

const struct db_statement sql_organization_facts = {
    "organization_facts",
    "SELECT o.id, o.version, o.code, o.name, o.kind, o.establish_form, o.region_code, o.place, o.founded_on,"
    "       o.term_ends_on, o.telephone, o.address, o.dissolved_on IS NOT NULL AS dissolved, a.since AS "
    "may_issue_from, p.name AS secretary_name,"
    "       above.code AS superior_code, coalesce(s.id, above.id) AS superior_id, g.code IS NOT NULL AS region_known,"
    "       s.dissolved_on IS NOT NULL AS superior_dissolved,"
    "       s.id IS NOT NULL AS superior_known, lo.ancestor IS NOT NULL AS in_scope,"
    "       ls.ancestor IS NOT NULL AS superior_in_scope"
    "  FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS w (code, superior_code, region_code, n)"
    "  LEFT JOIN organization o ON o.code = w.code"
    "  LEFT JOIN relation r ON r.organization_id = o.id AND r.kind = 'line' AND r.until IS NULL"
    "  LEFT JOIN organization above ON above.id = r.superior_id"
    "  LEFT JOIN approval_power a ON a.organization_id = o.id AND a.until IS NULL"
    "  LEFT JOIN post t ON t.organization_id = o.id AND t.role = 'secretary' AND t.until IS NULL"
    "  LEFT JOIN person p ON p.id = t.person_id"
    "  LEFT JOIN organization s ON s.code = w.superior_code"
    "  LEFT JOIN organization_scope lo ON lo.descendant = o.id AND lo.ancestor = $4 AND lo.writes"
    "  LEFT JOIN organization_line ls ON ls.descendant = s.id AND ls.ancestor = $4"
    "  LEFT JOIN region g ON g.code = w.region_code"
    " ORDER BY w.n",
};

void
organization_row_load(struct db_rows *rows, int i, struct organization_row *before)
{
    before->code = db_text(rows, i, "code");
    before->name = db_text(rows, i, "name");
    before->kind = word_of_code(organization_kinds, db_text(rows, i, "kind"));
    before->superior_code = db_text(rows, i, "superior_code");
    before->form = word_of_code(establish_forms, db_text(rows, i, "establish_form"));
    before->region_code = db_text(rows, i, "region_code");
    before->place = db_text(rows, i, "place");
    before->founded_on = db_date(rows, i, "founded_on");
    before->term_ends_on = db_date(rows, i, "term_ends_on");
    before->secretary_name = db_text(rows, i, "secretary_name");
    before->telephone = db_text(rows, i, "telephone");
    before->may_issue_from = db_date(rows, i, "may_issue_from");
    before->address = db_text(rows, i, "address");
}

static status_t
read_facts(struct import_work *work, struct db_rows *rows, int i, struct sheet_row *row)
{
    struct organization_facts *facts = row->facts;

    (void)work;
    facts->exists = !db_is_null(rows, i, "id");
    facts->in_scope = db_bool(rows, i, "in_scope");
    facts->region_known = db_bool(rows, i, "region_known");
    facts->superior_known = db_bool(rows, i, "superior_known");
    facts->superior_dissolved = db_bool(rows, i, "superior_dissolved");
    facts->dissolved = db_bool(rows, i, "dissolved");
    facts->superior_in_scope = db_bool(rows, i, "superior_in_scope");
    facts->id = db_id(rows, i, "id");
    facts->superior = db_id(rows, i, "superior_id");
    facts->version = db_i64(rows, i, "version");
    if (facts->exists)
        organization_row_load(rows, i, &facts->before);
    return OK;
}

static status_t
load(struct import_work *work, struct sheet_row **rows, size_t count, bool lock, struct db_rows **ret_found)
{
    const char **codes = arena_array(work->arena, count, sizeof *codes);
    const char **superiors = arena_array(work->arena, count, sizeof *superiors);
    const char **regions = arena_array(work->arena, count, sizeof *regions);
    struct db_args args = { 0 };

    for (size_t i = 0; i < count; i++) {
        const struct organization_row *data = rows[i]->data;

        codes[i] = data->code;
        superiors[i] = data->superior_code;
        regions[i] = data->region_code;
    }
    db_arg_texts(&args, work->arena, codes, count);
    if (lock) {
        place_hold(work, superiors, count);
        db_queue(work->db, &sql_organization_lock, &args);
    }
    db_arg_texts(&args, work->arena, superiors, count);
    db_arg_texts(&args, work->arena, regions, count);
    db_arg_id(&args, &work->actor.organization);
    return db_query(work->db, work->arena, &sql_organization_facts, &args, ret_found);
}

const struct ledger organization_ledger = {
    .form = &organization_form,
    .load = load,
    .facts_size = sizeof(struct organization_facts),
    .before = offsetof(struct organization_facts, before),
    .version = offsetof(struct organization_facts, version),
    .read_facts = read_facts,
    .judge_row = organization_judge,
    .apply = organizations_write,
    .removed = organization_removed,
};
