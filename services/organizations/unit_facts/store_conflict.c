/* SPDX-License-Identifier: Apache-2.0 */
/* Conflicts opened, decided and read. On the worker's thread, commands in their transaction. */
#include "organizations/unit_facts/store_conflict.h"

#include "io/clock.h"
#include "organizations/ledgers/row_set.h"
#include "organizations/units/unit_scope.h"
#include "base/banned.h"

const struct word conflict_kinds[] = {
    { "字段", "field" },
    { "名单中没有", "unlisted" },
    { "台账中没有", "unknown" },
    { 0 },
};

const struct word conflict_states[] = {
    { "待定", "open" }, { "采用", "taken" }, { "保留", "kept" }, { "已更新", "replaced" }, { 0 },
};

/* A statement of its own before the insert: the two meet in one unique index. */
const struct db_statement sql_conflict_replace = {
    "conflict_replace",
    "UPDATE unit_conflict SET state = 'replaced'"
    " WHERE unit_id = $1 AND kind = 'field' AND state = 'open' AND source = $2 AND field = ANY ($3::text[])",
};

const struct db_statement sql_conflict_insert = {
    "conflict_insert",
    "INSERT INTO unit_conflict (id, kind, unit_id, field, unit_code, region_code, held, held_as_of, held_source, "
    "offered,"
    "                           as_of, source, offered_account, offered_role, offered_organization, offered_at, state)"
    " SELECT r.id, 'field', u.id, r.field, u.code, u.region_code, r.held, r.held_as_of, r.held_source, r.offered,"
    "        $3::date, $4, $5, $6, $7, $8, 'open'"
    "   FROM unit u, jsonb_to_recordset($2::jsonb) AS r (id uuid, field text, held text, held_as_of date,"
    "        held_source text, offered text)"
    "  WHERE u.id = $1",
};

static void
add_conflict(struct row_set *set, const struct fact_change *change)
{
    const struct held_fact *held = &change->fact->held;
    struct id id = clock_id();

    row_set_begin(set);
    row_set_id(set, "id", &id);
    row_set_text(set, "field", change->fact->field.name);
    row_set_text(set, "held", held->value);
    row_set_date(set, "held_as_of", held->as_of);
    row_set_text(set, "held_source", word_code(fact_sources, held->source));
    row_set_text(set, "offered", change->value);
    row_set_end(set);
}

static void
replace(struct call *call, const struct fact_sheet *sheet, const struct fact_change *changes, size_t count,
        enum fact_source source)
{
    const char **fields = arena_array(call->arena, count + 1, sizeof *fields);
    struct db_args args = { 0 };

    for (size_t i = 0; i < count; i++)
        fields[i] = changes[i].fact->field.name;
    db_arg_id(&args, &sheet->unit);
    db_arg_text(&args, word_code(fact_sources, (int)source));
    db_arg_texts(&args, call->arena, fields, count);
    db_queue(call->db, &sql_conflict_replace, &args);
}

void
conflicts_open(struct call *call, const struct fact_sheet *sheet, const struct fact_change *changes, size_t count,
               const struct fact_stamp *stamp)
{
    struct db_args args = { 0 };
    struct row_set set;

    replace(call, sheet, changes, count, stamp->source);
    row_set_open(&set);
    for (size_t i = 0; i < count; i++)
        if (changes[i].outcome == FACT_CONFLICT)
            add_conflict(&set, &changes[i]);
    db_arg_id(&args, &sheet->unit);
    db_arg_text(&args, row_set_close(&set, call->arena));
    db_arg_date(&args, stamp->as_of);
    db_arg_text(&args, word_code(fact_sources, (int)stamp->source));
    db_arg_id(&args, &call->actor->account);
    db_arg_text(&args, call->actor->role);
    db_arg_id(&args, &call->actor->organization);
    db_arg_instant(&args, call->now);
    db_queue(call->db, &sql_conflict_insert, &args);
}

/* Of a unit that is there, and of one that is not: by territory. */
#define CONFLICT_WITHIN(unit) "CASE WHEN c.unit_id IS NULL THEN " REGION_WITHIN("c.region_code") " ELSE " unit " END"
#define MAY_SEE                                                                                                        \
    "(c.field IS NULL OR EXISTS (SELECT FROM unit_field f WHERE f.name = c.field"                                      \
    " AND f.permission = ANY ($2::text[])))"

const struct db_statement sql_conflict_lock = {
    "conflict_lock",
    "SELECT c.kind, c.state, c.unit_id, c.unit_code, c.region_code, c.field, c.offered, c.as_of, c.source"
    "  FROM unit_conflict c LEFT JOIN unit u ON u.id = c.unit_id"
    " WHERE c.id = $3 AND " MAY_SEE " AND " CONFLICT_WITHIN(UNIT_WRITE) " FOR UPDATE OF c",
};

static void
arg_reader(struct call *call, struct db_args *args)
{
    db_arg_id(args, call_scope(call));
    db_arg_texts(args, call->arena, call->actor->permissions, call->actor->n_permissions);
}

status_t
conflict_lock(struct call *call, const struct id *id, struct conflict *ret_conflict)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    arg_reader(call, &args);
    db_arg_id(&args, id);
    st = db_query_row(call->db, call->arena, &sql_conflict_lock, &args, &row);
    if (st)
        return st;
    *ret_conflict = (struct conflict){
        .id = *id,
        .kind = (enum conflict_kind)word_of_code(conflict_kinds, db_text(row, 0, "kind")),
        .state = (enum conflict_state)word_of_code(conflict_states, db_text(row, 0, "state")),
        .unit = db_id(row, 0, "unit_id"),
        .unit_code = db_text(row, 0, "unit_code"),
        .region_code = db_text(row, 0, "region_code"),
        .field = db_text(row, 0, "field"),
        .offered = db_text(row, 0, "offered"),
        .stamp = { .source = (enum fact_source)word_of_code(fact_sources, db_text(row, 0, "source")),
                   .as_of = db_date(row, 0, "as_of") },
    };
    return db_rows_status(row);
}

const struct db_statement sql_conflict_decide = {
    "conflict_decide",
    "UPDATE unit_conflict SET state = $2, decided_account = $3, decided_role = $4, decided_organization = $5,"
    "                         decided_at = $6, reason = $7, unit_id = coalesce(unit_id, $8)"
    " WHERE id = $1",
};

void
conflict_decide(struct call *call, const struct conflict *conflict, const struct id *unit, enum conflict_state state,
                const char *reason)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &conflict->id);
    db_arg_text(&args, word_code(conflict_states, (int)state));
    db_arg_id(&args, &call->actor->account);
    db_arg_text(&args, call->actor->role);
    db_arg_id(&args, &call->actor->organization);
    db_arg_instant(&args, call->now);
    db_arg_text(&args, reason);
    db_arg_id(&args, unit);
    db_queue(call->db, &sql_conflict_decide, &args);
}

#define CONFLICT_COLUMNS                                                                                               \
    "SELECT c.id, c.kind, c.state, c.unit_id, c.unit_code, u.name AS unit_name, c.field, c.held, c.held_as_of,"        \
    "       c.held_source, c.offered, c.as_of, c.source, c.offered_role, c.offered_at, c.decided_role, c.decided_at,"  \
    "       c.reason"                                                                                                  \
    "  FROM unit_conflict c LEFT JOIN unit u ON u.id = c.unit_id"

const struct db_statement sql_conflict_find = {
    "conflict_find",
    CONFLICT_COLUMNS " WHERE c.id = $3 AND " MAY_SEE " AND " CONFLICT_WITHIN(UNIT_READ),
};

status_t
conflict_find(struct call *call, const struct id *id, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    arg_reader(call, &args);
    db_arg_id(&args, id);
    return db_query_row(call->db, call->arena, &sql_conflict_find, &args, ret_row);
}

const struct db_statement sql_conflict_list = {
    "conflict_list",
    CONFLICT_COLUMNS
    " WHERE c.state = $3 AND ($4::text IS NULL OR c.kind = $4) AND ($5::uuid IS NULL OR c.unit_id = $5)"
    "   AND c.id > coalesce($6::uuid, '00000000-0000-0000-0000-000000000000')"
    "   AND " MAY_SEE " AND " CONFLICT_WITHIN(UNIT_READ) " ORDER BY c.id LIMIT $7",
};

status_t
conflict_list(struct call *call, const struct conflict_filter *filter, const struct page *page,
              struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    arg_reader(call, &args);
    db_arg_text(&args, word_code(conflict_states, (int)filter->state));
    db_arg_text(&args, word_code(conflict_kinds, (int)filter->kind));
    db_arg_text(&args, filter->unit[0] ? filter->unit : NULL);
    db_arg_text(&args, page->after);
    db_arg_i64(&args, page->limit + 1);
    return db_query(call->db, call->arena, &sql_conflict_list, &args, ret_rows);
}
