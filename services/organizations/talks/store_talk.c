/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of talks. On the worker's thread, commands in their transaction. */
#include "organizations/talks/store_talk.h"

#include "organizations/units/unit_scope.h"
#include "base/banned.h"

const struct db_statement sql_talk_unit_check = {
    "talk_unit_check",
    "SELECT u.id FROM unit u WHERE u.id = $2 AND " UNIT_SPEAK,
};

status_t
talk_unit_check(struct call *call, const struct id *unit)
{
    struct db_args args = { 0 };
    struct db_rows *row;

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, unit);
    return db_query_row(call->db, call->arena, &sql_talk_unit_check, &args, &row);
}

const struct db_statement sql_talk_lock = {
    "talk_lock",
    "SELECT t.version, t.held_on, t.held_by, t.concern, t.promise, t.next_step, t.next_due, t.done_on"
    "  FROM owner_talk t JOIN unit u ON u.id = t.unit_id AND " UNIT_SPEAK " WHERE t.id = $2 FOR UPDATE OF t",
};

status_t
talk_lock(struct call *call, const struct id *id, struct kept_talk *ret_talk)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, id);
    st = db_query_row(call->db, call->arena, &sql_talk_lock, &args, &row);
    if (st)
        return st;
    *ret_talk = (struct kept_talk){ .id = *id,
                                    .version = db_i64(row, 0, "version"),
                                    .talk = { .held_on = db_date(row, 0, "held_on"),
                                              .held_by = db_text(row, 0, "held_by"),
                                              .concern = db_text(row, 0, "concern"),
                                              .promise = db_text(row, 0, "promise"),
                                              .next_step = db_text(row, 0, "next_step"),
                                              .next_due = db_date(row, 0, "next_due"),
                                              .done_on = db_date(row, 0, "done_on") } };
    return db_rows_status(row);
}

/* $1 the talk, $2 to $8 what it says. */
static void
arg_talk(struct db_args *args, const struct kept_talk *talk)
{
    db_arg_id(args, &talk->id);
    db_arg_date(args, talk->talk.held_on);
    db_arg_text(args, talk->talk.held_by);
    db_arg_text(args, talk->talk.concern);
    db_arg_text(args, talk->talk.promise);
    db_arg_text(args, talk->talk.next_step);
    db_arg_date(args, talk->talk.next_due);
    db_arg_date(args, talk->talk.done_on);
}

const struct db_statement sql_talk_note = {
    "talk_note",
    "INSERT INTO owner_talk_history (talk_id, version, at, account_id, role, organization_id, what)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)",
};

static void
note(struct call *call, const struct id *talk, int64_t version, const char *what)
{
    struct db_args args = { 0 };

    db_arg_id(&args, talk);
    db_arg_i64(&args, version);
    db_arg_instant(&args, call->now);
    db_arg_id(&args, &call->actor->account);
    db_arg_text(&args, call->actor->role);
    db_arg_id(&args, &call->actor->organization);
    db_arg_text(&args, what);
    db_queue(call->db, &sql_talk_note, &args);
}

const struct db_statement sql_talk_insert = {
    "talk_insert",
    "INSERT INTO owner_talk (id, held_on, held_by, concern, promise, next_step, next_due, done_on, unit_id, version)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)",
};

void
talk_insert(struct call *call, const struct id *unit, const struct kept_talk *talk)
{
    struct db_args args = { 0 };

    arg_talk(&args, talk);
    db_arg_id(&args, unit);
    db_queue(call->db, &sql_talk_insert, &args);
    note(call, &talk->id, 1, "recorded");
}

const struct db_statement sql_talk_update = {
    "talk_update",
    "UPDATE owner_talk SET held_on = $2, held_by = $3, concern = $4, promise = $5, next_step = $6, next_due = $7,"
    "                      done_on = $8, version = version + 1 WHERE id = $1",
};

void
talk_update(struct call *call, const struct kept_talk *talk, const char *what)
{
    struct db_args args = { 0 };

    arg_talk(&args, talk);
    db_queue(call->db, &sql_talk_update, &args);
    note(call, &talk->id, talk->version + 1, what);
}

#define TALK_COLUMNS                                                                                                   \
    "SELECT t.id, t.unit_id, u.name AS unit_name, t.held_on, t.held_by, t.concern, t.promise, t.next_step, "           \
    "t.next_due,"                                                                                                      \
    "       t.done_on, t.version, t.next_due::text || '|' || t.id AS key"                                              \
    "  FROM owner_talk t JOIN unit u ON u.id = t.unit_id"

const struct db_statement sql_talk_find = {
    "talk_find",
    TALK_COLUMNS " WHERE t.id = $2 AND " UNIT_READ,
};

status_t
talk_find(struct call *call, const struct id *id, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, id);
    return db_query_row(call->db, call->arena, &sql_talk_find, &args, ret_row);
}

const struct db_statement sql_talk_list = {
    "talk_list",
    TALK_COLUMNS " WHERE t.unit_id = $2 AND ($3::uuid IS NULL OR t.id < $3) AND " UNIT_READ
                 " ORDER BY t.id DESC LIMIT $4",
};

status_t
talk_list(struct call *call, const struct id *unit, const struct page *page, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, unit);
    db_arg_text(&args, page->after);
    db_arg_i64(&args, page->limit + 1);
    return db_query(call->db, call->arena, &sql_talk_list, &args, ret_rows);
}

const struct db_statement sql_talk_list_due = {
    "talk_list_due",
    TALK_COLUMNS " WHERE t.next_due <= $2::date AND t.done_on IS NULL"
                 "   AND (t.next_due, t.id) > (coalesce(left($3::text, 10)::date, '-infinity'),"
                 "                             coalesce(substr($3::text, 12)::uuid,"
                 "                                      '00000000-0000-0000-0000-000000000000'))"
                 "   AND " UNIT_READ " ORDER BY t.next_due, t.id LIMIT $4",
};

status_t
talk_list_due(struct call *call, date_t due_by, const struct page *page, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_date(&args, due_by);
    db_arg_text(&args, page->after);
    db_arg_i64(&args, page->limit + 1);
    return db_query(call->db, call->arena, &sql_talk_list_due, &args, ret_rows);
}
