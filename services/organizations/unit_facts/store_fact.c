/* SPDX-License-Identifier: Apache-2.0 */
/* What is held of a unit, and rows added to it. On the worker's thread, in its transaction. */
#include "organizations/unit_facts/store_fact.h"

#include "organizations/ledgers/row_set.h"
#include "organizations/units/unit_scope.h"
#include "base/banned.h"

const struct db_statement sql_fact_unit_lock = {
    "fact_unit_lock",
    "SELECT u.code, u.version, (SELECT r.fact_source FROM role r WHERE r.name = $3) AS speaks_as FROM unit u"
    " WHERE u.id = $2 AND " UNIT_SPEAK " FOR UPDATE OF u",
};

#define ANY_DAY(alias) ""

const struct db_statement sql_fact_list_held = {
    "fact_list_held",
    "SELECT f.name, f.field_group, f.kind, f.most, f.required, f.held = 'ledger' AS in_ledger,"
    "       f.held = 'counted' AS counted,"
    "       (SELECT '|' || string_agg(w.code, '|' ORDER BY w.position) || '|' FROM unit_field_word w"
    "         WHERE w.field = f.name) AS words, t.value,"
    "       coalesce(c.as_of, t.as_of) AS as_of, coalesce(c.source, t.source) AS source"
    "  FROM unit_field f"
    "  JOIN unit_field_group g ON g.name = f.field_group" LATEST_FACT("$1",
                                                                      ANY_DAY) " WHERE f.permission = ANY ($2::text[])"
                                                                               " ORDER BY g.position, f.position",
};

static void
read_fact(struct db_rows *rows, int i, struct unit_fact *fact)
{
    fact->field = (struct fact_field){ .name = db_text(rows, i, "name"),
                                       .group = db_text(rows, i, "field_group"),
                                       .kind = (enum fact_kind)word_of_code(fact_kinds, db_text(rows, i, "kind")),
                                       .most = db_i64(rows, i, "most"),
                                       .words = db_text(rows, i, "words"),
                                       .required = db_bool(rows, i, "required"),
                                       .in_ledger = db_bool(rows, i, "in_ledger"),
                                       .counted = db_bool(rows, i, "counted") };
    fact->held = (struct held_fact){ .value = db_text(rows, i, "value"),
                                     .as_of = db_date(rows, i, "as_of"),
                                     .source = word_of_code(fact_sources, db_text(rows, i, "source")) };
}

static status_t
load_facts(struct call *call, struct fact_sheet *sheet)
{
    struct db_args args = { 0 };
    struct db_rows *rows;
    status_t st;

    db_arg_id(&args, &sheet->unit);
    db_arg_texts(&args, call->arena, call->actor->permissions, call->actor->n_permissions);
    st = db_query(call->db, call->arena, &sql_fact_list_held, &args, &rows);
    if (st)
        return st;
    sheet->count = (size_t)db_count(rows);
    sheet->facts = arena_array(call->arena, sheet->count + 1, sizeof *sheet->facts);
    for (size_t i = 0; i < sheet->count; i++)
        read_fact(rows, (int)i, &sheet->facts[i]);
    return db_rows_status(rows);
}

status_t
fact_sheet_open(struct call *call, const struct id *unit, struct fact_sheet *ret_sheet)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, unit);
    db_arg_text(&args, call->actor->role);
    st = db_query_row(call->db, call->arena, &sql_fact_unit_lock, &args, &row);
    if (st)
        return st;
    *ret_sheet =
        (struct fact_sheet){ .unit = *unit,
                             .code = db_text(row, 0, "code"),
                             .version = db_i64(row, 0, "version"),
                             .source = (enum fact_source)word_of_code(fact_sources, db_text(row, 0, "speaks_as")) };
    st = db_rows_status(row);
    return st ? st : load_facts(call, ret_sheet);
}

const struct unit_fact *
fact_find(const struct fact_sheet *sheet, const char *field)
{
    for (size_t i = 0; i < sheet->count; i++)
        if (strcmp(sheet->facts[i].field.name, field) == 0)
            return &sheet->facts[i];
    return NULL;
}

/* $2 day, $3 source, $4 to $6 the actor, $7 the moment: of every row that is added. */
static void
arg_stamp(struct call *call, struct db_args *args, const struct fact_stamp *stamp)
{
    db_arg_date(args, stamp->as_of);
    db_arg_text(args, word_code(fact_sources, (int)stamp->source));
    db_arg_id(args, &call->actor->account);
    db_arg_text(args, call->actor->role);
    db_arg_id(args, &call->actor->organization);
    db_arg_instant(args, call->now);
}

const struct db_statement sql_fact_insert = {
    "fact_insert",
    "INSERT INTO unit_fact_history (unit_id, field, value, as_of, source, account_id, role, organization_id, at)"
    " SELECT $1, r.field, r.value, $2::date, $3, $4, $5, $6, $7"
    "   FROM jsonb_to_recordset($8::jsonb) AS r (field text, value text)",
};

/* The ledger of units notes its own values when they change (units/unit_write.c). */
static bool
is_added(const struct fact_change *change, const struct fact_stamp *stamp)
{
    if (change->outcome == FACT_SAME)
        return change->value && stamp->as_of >= change->fact->held.as_of;
    return change->outcome == FACT_WRITTEN && !change->fact->field.in_ledger;
}

void
facts_add(struct call *call, const struct fact_sheet *sheet, const struct fact_change *changes, size_t count,
          const struct fact_stamp *stamp)
{
    struct db_args args = { 0 };
    struct row_set set;

    row_set_open(&set);
    for (size_t i = 0; i < count; i++) {
        if (!is_added(&changes[i], stamp))
            continue;
        row_set_begin(&set);
        row_set_text(&set, "field", changes[i].fact->field.name);
        row_set_text(&set, "value", changes[i].value);
        row_set_end(&set);
    }
    db_arg_id(&args, &sheet->unit);
    arg_stamp(call, &args, stamp);
    db_arg_text(&args, row_set_close(&set, call->arena));
    db_queue(call->db, &sql_fact_insert, &args);
}

const struct db_statement sql_fact_confirm = {
    "fact_confirm",
    "INSERT INTO unit_confirmation_history (unit_id, field_group, fields, as_of, source, account_id, role,"
    "                                       organization_id, at)"
    " SELECT $1, f.field_group, array_agg(f.name ORDER BY f.position), $2::date, $3, $4, $5, $6, $7"
    "   FROM unit_field f WHERE f.name = ANY ($8::text[]) GROUP BY f.field_group",
};

const struct db_statement sql_fact_review = {
    "fact_review",
    "INSERT INTO unit_review AS r (unit_id, field_group, reviewed_on)"
    " SELECT DISTINCT $1::uuid, f.field_group, $2::date FROM unit_field f WHERE f.name = ANY ($3::text[])"
    " ON CONFLICT (unit_id, field_group) DO UPDATE SET reviewed_on = greatest(r.reviewed_on, excluded.reviewed_on)",
};

static bool
is_confirmed(const struct unit_fact *fact, char *const *groups, size_t n_groups, const struct fact_change *changes,
             size_t count)
{
    bool named = n_groups == 0;

    for (size_t i = 0; i < n_groups; i++)
        named |= strcmp(fact->field.group, groups[i]) == 0;
    for (size_t i = 0; i < count; i++)
        named &= changes[i].fact != fact || changes[i].outcome != FACT_CONFLICT;
    return named;
}

void
facts_confirm(struct call *call, const struct fact_sheet *sheet, char *const *groups, size_t n_groups,
              const struct fact_change *changes, size_t count, const struct fact_stamp *stamp)
{
    const char **fields = arena_array(call->arena, sheet->count + 1, sizeof *fields);
    struct db_args confirmed = { 0 };
    struct db_args reviewed = { 0 };
    size_t n = 0;

    for (size_t i = 0; i < sheet->count; i++)
        if (is_confirmed(&sheet->facts[i], groups, n_groups, changes, count))
            fields[n++] = sheet->facts[i].field.name;
    db_arg_id(&confirmed, &sheet->unit);
    arg_stamp(call, &confirmed, stamp);
    db_arg_texts(&confirmed, call->arena, fields, n);
    db_queue(call->db, &sql_fact_confirm, &confirmed);
    db_arg_id(&reviewed, &sheet->unit);
    db_arg_date(&reviewed, stamp->as_of);
    db_arg_texts(&reviewed, call->arena, fields, n);
    db_queue(call->db, &sql_fact_review, &reviewed);
}
