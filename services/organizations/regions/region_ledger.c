/* SPDX-License-Identifier: Apache-2.0 */
/* Facts and effects of the ledger of regions. Runs on the jobs thread. */
#include "organizations/regions/region_ledger.h"

#include "organizations/ledgers/row_set.h"
#include "organizations/regions/region_row.h"
#include "base/banned.h"

/* Somebody who acts for a territory may name what lies in it (':' is the character after '9'). */
const struct db_statement sql_region_facts = {
    "region_facts",
    "SELECT g.code, g.name,"
    "       w.code >= coalesce(a.region_code, '') AND w.code < coalesce(a.region_code, '') || ':' AS in_territory"
    "  FROM unnest($1::text[]) WITH ORDINALITY AS w (code, n)"
    "  JOIN organization a ON a.id = $2"
    "  LEFT JOIN region g ON g.code = w.code"
    " ORDER BY w.n",
};

static status_t
read_facts(struct import_work *work, struct db_rows *rows, int i, struct sheet_row *row)
{
    struct region_facts *facts = row->facts;

    (void)work;
    facts->exists = !db_is_null(rows, i, "code");
    facts->in_territory = db_bool(rows, i, "in_territory");
    facts->before = (struct region_row){ .code = db_text(rows, i, "code"), .name = db_text(rows, i, "name") };
    return OK;
}

static status_t
load(struct import_work *work, struct sheet_row **rows, size_t count, bool lock, struct db_rows **ret_found)
{
    const char **codes = arena_array(work->arena, count, sizeof *codes);
    struct db_args args = { 0 };

    (void)lock; /* the write is one statement that takes either side */
    for (size_t i = 0; i < count; i++)
        codes[i] = ((const struct region_row *)rows[i]->data)->code;
    db_arg_texts(&args, work->arena, codes, count);
    db_arg_id(&args, &work->actor.organization);
    return db_query(work->db, work->arena, &sql_region_facts, &args, ret_found);
}

const struct db_statement sql_region_upsert = {
    "region_upsert",
    "INSERT INTO region (code, name)"
    " SELECT r.code, r.name FROM jsonb_to_recordset($1::jsonb) AS r (code text, name text)"
    " ON CONFLICT (code) DO UPDATE SET name = excluded.name",
};

/* Regions have no id of their own: the import's stands in the audit row, with the rows as its content. */
static status_t
apply(struct import_work *work, struct sheet_row **rows, size_t count)
{
    struct db_args args = { 0 };
    struct row_set set;
    const char *json;

    row_set_open(&set);
    for (size_t i = 0; i < count; i++) {
        const struct region_row *data = rows[i]->data;

        row_set_begin(&set);
        row_set_text(&set, "code", data->code);
        row_set_text(&set, "name", data->name);
        row_set_end(&set);
    }
    json = row_set_close(&set, work->arena);
    db_arg_text(&args, json);
    db_queue(work->db, &sql_region_upsert, &args);
    audit_add_work(&work->audit,
                   &(struct audit_entry){ .object = "regions", .id = &work->audit.request, .after = slice_of(json) });
    return OK;
}

static void
removed(struct import_work *work, const struct sheet_row *row)
{
    const char *code = ((const struct region_row *)row->data)->code;

    audit_add_work(&work->audit,
                   &(struct audit_entry){ .object = "regions", .id = &work->audit.request, .before = slice_of(code) });
}

const struct ledger region_ledger = {
    .form = &region_form,
    .load = load,
    .facts_size = sizeof(struct region_facts),
    .read_facts = read_facts,
    .judge_row = region_judge,
    .apply = apply,
    .removed = removed,
};
