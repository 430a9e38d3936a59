/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of the notifications schema. Runs on the caller's thread, on its connection. */
#include "daemon/daemon.h"
#include "notifications/notifications.h"
#include "base/banned.h"

static const struct db_statement sql_message_add = {
    "message_add",
    "INSERT INTO message (id, organization_id, role, letter_id, version, event, state, number, at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    " ON CONFLICT (letter_id, version) DO NOTHING",
};

void
message_add(struct db *db, const struct message *message)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &message->id);
    db_arg_id(&args, &message->organization);
    db_arg_text(&args, message->role);
    db_arg_id(&args, &message->letter);
    db_arg_i64(&args, message->version);
    db_arg_text(&args, message->event);
    db_arg_text(&args, message->state);
    db_arg_text(&args, message->number);
    db_arg_instant(&args, message->at);
    db_queue(db, &sql_message_add, &args);
}

#define COLUMNS "id, organization_id, role, letter_id, version, event, state, number, at, read_at"

static struct message
read_message(struct db_rows *rows, int row)
{
    return (struct message){
        .id = db_id(rows, row, "id"),
        .organization = db_id(rows, row, "organization_id"),
        .role = db_text(rows, row, "role"),
        .letter = db_id(rows, row, "letter_id"),
        .version = db_i64(rows, row, "version"),
        .event = db_text(rows, row, "event"),
        .state = db_text(rows, row, "state"),
        .number = db_text(rows, row, "number"),
        .at = db_instant(rows, row, "at"),
        .read = !db_is_null(rows, row, "read_at"),
        .read_at = db_instant(rows, row, "read_at"),
    };
}

/* Each list walks an index of its own from the key on; without a key from the end of time. */
#define PAGE                                                                                                           \
    " AND (at, id) < (coalesce($2::timestamptz, 'infinity'),"                                                          \
    "                 coalesce($3::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))"                                     \
    " ORDER BY at DESC, id DESC LIMIT $4"

static const struct db_statement sql_message_list = {
    "message_list",
    "SELECT " COLUMNS " FROM message WHERE organization_id = $1" PAGE,
};

static const struct db_statement sql_message_list_unread = {
    "message_list_unread",
    "SELECT " COLUMNS " FROM message WHERE organization_id = $1 AND read_at IS NULL" PAGE,
};

status_t
message_list(struct call *call, bool unread, const struct message_key *after, int64_t limit,
             struct message **ret_messages, size_t *ret_count)
{
    struct db_args args = { 0 };
    struct db_rows *rows;
    status_t st;

    db_arg_id(&args, call_scope(call));
    db_arg_text(&args, after->at);
    db_arg_text(&args, after->id);
    db_arg_i64(&args, limit);
    st = db_query(call->db, call->arena, unread ? &sql_message_list_unread : &sql_message_list, &args, &rows);
    if (st)
        return st;
    *ret_count = (size_t)db_count(rows);
    *ret_messages = arena_array(call->arena, *ret_count, sizeof **ret_messages);
    for (size_t i = 0; i < *ret_count; i++)
        (*ret_messages)[i] = read_message(rows, (int)i);
    return db_rows_status(rows);
}

static const struct db_statement sql_message_lock = {
    "message_lock",
    "SELECT " COLUMNS " FROM message WHERE id = $1 AND organization_id = $2 FOR UPDATE",
};

status_t
message_lock(struct call *call, const struct id *id, struct message *ret_message)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, id);
    db_arg_id(&args, call_scope(call));
    st = db_query_row(call->db, call->arena, &sql_message_lock, &args, &row);
    if (st)
        return st;
    *ret_message = read_message(row, 0);
    return db_rows_status(row);
}

static const struct db_statement sql_message_mark_read = {
    "message_mark_read",
    "UPDATE message SET read_at = $3 WHERE id = $1 AND organization_id = $2",
};

void
message_mark_read(struct call *call, const struct id *id)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_id(&args, call_scope(call));
    db_arg_instant(&args, call->now);
    db_queue(call->db, &sql_message_mark_read, &args);
}

const struct db_statement *const service_statements[] = {
    &sql_message_add, &sql_message_list, &sql_message_list_unread, &sql_message_lock, &sql_message_mark_read, NULL,
};
