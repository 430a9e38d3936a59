/* SPDX-License-Identifier: Apache-2.0 */
/* Anchors changed: facts and effects. On the worker's thread, in its transaction. */
#include "organizations/anchors/anchor.h"
#include "organizations/anchors/store_anchor.h"
#include "organizations/documents/record_scope.h"
#include "rpc/audit.h"
#include "base/banned.h"

const struct db_statement sql_anchor_open = {
    "anchor_open",
    "SELECT n.id, n.kind, n.name, n.region_code, n.address, n.organization_id, n.version FROM anchor n"
    " WHERE n.id = $2 AND " ANCHOR_REACHED " FOR UPDATE",
};

status_t
anchor_open(struct call *call, const char *id, struct anchor *ret_anchor)
{
    struct id anchor = wire_read_id(id);
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, &anchor);
    st = db_query_row(call->db, call->arena, &sql_anchor_open, &args, &row);
    if (st)
        return st;
    *ret_anchor = (struct anchor){ .id = anchor,
                                   .kind = word_of_code(anchor_kinds, db_text(row, 0, "kind")),
                                   .name = db_text(row, 0, "name"),
                                   .region_code = db_text(row, 0, "region_code"),
                                   .address = db_text(row, 0, "address"),
                                   .organization = db_id(row, 0, "organization_id"),
                                   .version = db_i64(row, 0, "version") };
    st = db_rows_status(row);
    return st ? st : call_expect_version(call, ret_anchor->version);
}

/* Two clerks do not give one name at once. */
const struct db_statement sql_anchor_region_lock = {
    "anchor_region_lock",
    "SELECT code FROM region WHERE code = $1 FOR NO KEY UPDATE",
};

const struct db_statement sql_anchor_facts = {
    "anchor_facts",
    "SELECT EXISTS (SELECT FROM region g WHERE g.code = $3) AS region_known,"
    "       EXISTS (SELECT FROM organization a WHERE a.id = $1 AND $3::text COLLATE \"C\" >= coalesce(a.region_code, "
    "'')"
    "                  AND $3::text COLLATE \"C\" < coalesce(a.region_code, '') || ':') AS region_reached,"
    "       $5::uuid IS NULL OR EXISTS (SELECT FROM organization_scope s"
    "                                    WHERE s.descendant = $5 AND s.ancestor = $1) AS organization_known,"
    "       EXISTS (SELECT FROM anchor_name k WHERE k.region_code = $3 AND k.name_key = anchor_key($4)"
    "                  AND k.anchor_id <> $2) AS name_taken",
};

status_t
anchor_facts(struct call *call, const struct anchor *anchor, struct db_rows **ret_row)
{
    struct db_args lock = { 0 };
    struct db_args args = { 0 };

    db_arg_text(&lock, anchor->region_code);
    db_queue(call->db, &sql_anchor_region_lock, &lock);
    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, &anchor->id);
    db_arg_text(&args, anchor->region_code);
    db_arg_text(&args, anchor->name);
    db_arg_id(&args, id_is_nil(&anchor->organization) ? NULL : &anchor->organization);
    return db_query_row(call->db, call->arena, &sql_anchor_facts, &args, ret_row);
}

const struct db_statement sql_anchor_place_facts = {
    "anchor_place_facts",
    "SELECT (SELECT count(*) FROM unit u WHERE u.id = ANY ($3::uuid[]) AND EXISTS (SELECT FROM record_place p"
    "         WHERE p.record = 'unit' AND p.id = u.id AND " PLACE_WRITE ")) AS within,"
    "       (SELECT max(w.until) FROM anchor_unit w WHERE w.anchor_id = $2 AND w.unit_id = ANY ($3::uuid[])"
    "           AND NOT EXISTS (SELECT FROM anchor_unit e WHERE e.anchor_id = $2 AND e.unit_id = w.unit_id"
    "                              AND e.until IS NULL)) AS free_from",
};

static status_t
query_units(struct call *call, const struct db_statement *statement, const struct anchor *anchor,
            const struct id *units, size_t count, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, &anchor->id);
    db_arg_ids(&args, call->arena, units, count);
    return db_query_row(call->db, call->arena, statement, &args, ret_row);
}

status_t
anchor_place_facts(struct call *call, const struct anchor *anchor, const struct id *units, size_t count,
                   struct db_rows **ret_row)
{
    return query_units(call, &sql_anchor_place_facts, anchor, units, count, ret_row);
}

/* Only what the actor may change is told of as standing there. */
const struct db_statement sql_anchor_remove_facts = {
    "anchor_remove_facts",
    "SELECT count(*) AS standing, max(w.since) AS began FROM anchor_unit w"
    " WHERE w.anchor_id = $2 AND w.unit_id = ANY ($3::uuid[]) AND w.until IS NULL"
    "   AND EXISTS (SELECT FROM record_place p WHERE p.record = 'unit' AND p.id = w.unit_id AND " PLACE_WRITE ")",
};

status_t
anchor_remove_facts(struct call *call, const struct anchor *anchor, const struct id *units, size_t count,
                    struct db_rows **ret_row)
{
    return query_units(call, &sql_anchor_remove_facts, anchor, units, count, ret_row);
}

const struct db_statement sql_anchor_person_facts = {
    "anchor_person_facts",
    "SELECT EXISTS (SELECT FROM record_place p WHERE p.record = 'person' AND p.id = $3 AND " PLACE_READ ") AS known,"
    "       count(*) FILTER (WHERE w.until IS NULL) > 0 AS holds,"
    "       max(w.since) FILTER (WHERE w.until IS NULL) AS began, max(w.until) AS free_from"
    "  FROM anchor_person w WHERE w.anchor_id = $2 AND w.person_id = $3 AND w.duty = $4",
};

status_t
anchor_person_facts(struct call *call, const struct anchor *anchor, const struct anchor_post *post,
                    struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, &anchor->id);
    db_arg_id(&args, &post->person);
    db_arg_text(&args, word_code(anchor_duties, post->duty));
    return db_query_row(call->db, call->arena, &sql_anchor_person_facts, &args, ret_row);
}

const struct db_statement sql_anchor_history_add = {
    "anchor_history_add",
    "INSERT INTO anchor_history (anchor_id, version, at, account_id, role, organization_id, what)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)",
};

static void
note(struct call *call, const struct anchor *anchor, int64_t version, const char *what)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &anchor->id);
    db_arg_i64(&args, version);
    db_arg_instant(&args, call->now);
    db_arg_id(&args, &call->actor->account);
    db_arg_text(&args, call->actor->role);
    db_arg_id(&args, &call->actor->organization);
    db_arg_text(&args, what);
    db_queue(call->db, &sql_anchor_history_add, &args);
    audit_add(call, &(struct audit_entry){ .object = "anchor", .id = &anchor->id, .after = slice_of(what) });
}

const struct db_statement sql_anchor_name = {
    "anchor_name",
    "INSERT INTO anchor_name (region_code, name_key, anchor_id) VALUES ($2, anchor_key($3), $1) ON CONFLICT DO NOTHING",
};

/* The name it has, and all it had, find it from now on. */
static void
keep_name(struct call *call, const struct anchor *anchor)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &anchor->id);
    db_arg_text(&args, anchor->region_code);
    db_arg_text(&args, anchor->name);
    db_queue(call->db, &sql_anchor_name, &args);
}

const struct db_statement sql_anchor_insert = {
    "anchor_insert",
    "INSERT INTO anchor (id, kind, name, address, organization_id, region_code, version)"
    " VALUES ($1, $2, $3, $4, $5, $6, 1)",
};

static void
arg_form(struct db_args *args, const struct anchor *anchor)
{
    db_arg_id(args, &anchor->id);
    db_arg_text(args, word_code(anchor_kinds, anchor->kind));
    db_arg_text(args, anchor->name);
    db_arg_text(args, anchor->address);
    db_arg_id(args, id_is_nil(&anchor->organization) ? NULL : &anchor->organization);
}

void
anchor_insert(struct call *call, const struct anchor *anchor)
{
    struct db_args args = { 0 };

    arg_form(&args, anchor);
    db_arg_text(&args, anchor->region_code);
    db_queue(call->db, &sql_anchor_insert, &args);
    keep_name(call, anchor);
    note(call, anchor, 1, arena_printf(call->arena, "created %s", anchor->name));
}

const struct db_statement sql_anchor_keep = {
    "anchor_keep",
    "UPDATE anchor SET kind = $2, name = $3, address = $4, organization_id = $5, version = version + 1 WHERE id = $1",
};

void
anchor_keep(struct call *call, const struct anchor *anchor)
{
    struct db_args args = { 0 };

    arg_form(&args, anchor);
    db_queue(call->db, &sql_anchor_keep, &args);
    keep_name(call, anchor);
    note(call, anchor, anchor->version + 1, arena_printf(call->arena, "edited %s", anchor->name));
}

const struct db_statement sql_anchor_touch = {
    "anchor_touch",
    "UPDATE anchor SET version = version + 1 WHERE id = $1",
};

static void
touch(struct call *call, const struct anchor *anchor, const char *what)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &anchor->id);
    db_queue(call->db, &sql_anchor_touch, &args);
    note(call, anchor, anchor->version + 1, what);
}

const struct db_statement sql_anchor_place = {
    "anchor_place",
    "INSERT INTO anchor_unit (anchor_id, unit_id, since, from_ledger)"
    " SELECT $1, w.id, $3, false FROM unnest($2::uuid[]) AS w (id)"
    " ON CONFLICT (anchor_id, unit_id) WHERE until IS NULL DO NOTHING",
};

static void
queue_units(struct call *call, const struct db_statement *statement, const struct anchor *anchor,
            const struct id *units, size_t count, date_t day)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &anchor->id);
    db_arg_ids(&args, call->arena, units, count);
    db_arg_date(&args, day);
    db_queue(call->db, statement, &args);
}

void
anchor_place(struct call *call, const struct anchor *anchor, const struct id *units, size_t count, date_t since)
{
    queue_units(call, &sql_anchor_place, anchor, units, count, since);
    touch(call, anchor, arena_printf(call->arena, "placed %zu units", count));
}

const struct db_statement sql_anchor_remove = {
    "anchor_remove",
    "UPDATE anchor_unit SET until = $3 WHERE anchor_id = $1 AND unit_id = ANY ($2::uuid[]) AND until IS NULL",
};

void
anchor_remove(struct call *call, const struct anchor *anchor, const struct id *units, size_t count, date_t until)
{
    queue_units(call, &sql_anchor_remove, anchor, units, count, until);
    touch(call, anchor, arena_printf(call->arena, "removed %zu units", count));
}

const struct db_statement sql_anchor_appoint = {
    "anchor_appoint",
    "INSERT INTO anchor_person (anchor_id, person_id, duty, since) VALUES ($1, $2, $3, $4)",
};

static void
queue_person(struct call *call, const struct db_statement *statement, const struct anchor *anchor,
             const struct anchor_post *post, date_t day)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &anchor->id);
    db_arg_id(&args, &post->person);
    db_arg_text(&args, word_code(anchor_duties, post->duty));
    db_arg_date(&args, day);
    db_queue(call->db, statement, &args);
}

void
anchor_appoint(struct call *call, const struct anchor *anchor, const struct anchor_post *post, date_t since)
{
    queue_person(call, &sql_anchor_appoint, anchor, post, since);
    touch(call, anchor, arena_printf(call->arena, "appointed %s", word_code(anchor_duties, post->duty)));
}

const struct db_statement sql_anchor_dismiss = {
    "anchor_dismiss",
    "UPDATE anchor_person SET until = $4 WHERE anchor_id = $1 AND person_id = $2 AND duty = $3 AND until IS NULL",
};

void
anchor_dismiss(struct call *call, const struct anchor *anchor, const struct anchor_post *post, date_t until)
{
    queue_person(call, &sql_anchor_dismiss, anchor, post, until);
    touch(call, anchor, arena_printf(call->arena, "dismissed %s", word_code(anchor_duties, post->duty)));
}

const struct db_statement sql_anchor_clear_points = {
    "anchor_clear_points",
    "DELETE FROM anchor_point WHERE anchor_id = $1",
};

const struct db_statement sql_anchor_add_points = {
    "anchor_add_points",
    "INSERT INTO anchor_point (anchor_id, no, name, address, telephone)"
    " SELECT $1, w.n, w.name, w.address, w.telephone FROM unnest($2::text[], $3::text[], $4::text[])"
    "   WITH ORDINALITY AS w (name, address, telephone, n)",
};

void
anchor_set_points(struct call *call, const struct anchor *anchor, const struct anchor_points *points)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &anchor->id);
    db_queue(call->db, &sql_anchor_clear_points, &args);
    db_arg_texts(&args, call->arena, points->names, points->count);
    db_arg_texts(&args, call->arena, points->addresses, points->count);
    db_arg_texts(&args, call->arena, points->telephones, points->count);
    db_queue(call->db, &sql_anchor_add_points, &args);
    touch(call, anchor, arena_printf(call->arena, "set %zu contact points", points->count));
}
