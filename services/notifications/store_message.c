/* SPDX-License-Identifier: Apache-2.0 */
/* The table of messages. Runs on the caller's thread, on its connection. */
#include "notifications/store_message.h"

#include "base/banned.h"

const struct db_statement sql_message_add = {
    "message_add",
    "INSERT INTO message (id, organization_id, account_id, role, kind, purpose, subject_id, version, event, state,"
    "                     number, at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
    " ON CONFLICT ON CONSTRAINT message_once DO NOTHING",
};

static const struct id *
id_or_null(const struct id *id)
{
    return id_is_nil(id) ? NULL : id;
}

void
message_tell(struct db *db, struct arena *arena, const struct message *message)
{
    struct db_args args = { 0 };
    struct stream_item item = { .kind = "message", .id = &message->id, .account = id_or_null(&message->account) };

    db_arg_id(&args, &message->id);
    db_arg_id(&args, id_or_null(&message->organization));
    db_arg_id(&args, id_or_null(&message->account));
    db_arg_text(&args, message->role);
    db_arg_text(&args, message_kind_code(message->kind));
    db_arg_text(&args, message_purpose_code(message->purpose));
    db_arg_id(&args, &message->subject);
    db_arg_i64(&args, message->version);
    db_arg_text(&args, message->event);
    db_arg_text(&args, message->state);
    db_arg_text(&args, message->number);
    db_arg_instant(&args, message->at);
    db_queue(db, &sql_message_add, &args);
    item.organizations = &message->organization;
    item.n_organizations = item.account ? 0 : 1;
    stream_tell(db, arena, &item, message->at);
}

#define COLUMNS                                                                                                        \
    "id, organization_id, account_id, role, kind, purpose, subject_id, version, event, state, number, at, read_at"

static struct message
read_message(struct db_rows *rows, int row)
{
    return (struct message){
        .id = db_id(rows, row, "id"),
        .organization = db_id(rows, row, "organization_id"),
        .account = db_id(rows, row, "account_id"),
        .kind = message_kind_parse(db_text(rows, row, "kind")),
        .purpose = message_purpose_parse(db_text(rows, row, "purpose")),
        .role = db_text(rows, row, "role"),
        .subject = db_id(rows, row, "subject_id"),
        .version = db_i64(rows, row, "version"),
        .event = db_text(rows, row, "event"),
        .state = db_text(rows, row, "state"),
        .number = db_text(rows, row, "number"),
        .at = db_instant(rows, row, "at"),
        .read = !db_is_null(rows, row, "read_at"),
        .read_at = db_instant(rows, row, "read_at"),
    };
}

/* Each list walks the indexes of the organization and of the account from the key on; without a key from the end of
 * time. $1: organization, $2: account, $3 and $4: key, $5: limit */
#define BEHIND                                                                                                         \
    " AND (at, id) < (coalesce($3::timestamptz, 'infinity'),"                                                          \
    "                 coalesce($4::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))"                                     \
    " ORDER BY at DESC, id DESC LIMIT $5"

#define OWN_PAGE(condition)                                                                                            \
    "SELECT " COLUMNS " FROM ("                                                                                        \
    " (SELECT " COLUMNS " FROM message WHERE organization_id = $1" condition BEHIND ") UNION ALL"                      \
    " (SELECT " COLUMNS " FROM message WHERE account_id = $2" condition BEHIND ")) own"                                \
    " ORDER BY at DESC, id DESC LIMIT $5"

#define OWN_NUMBER(condition)                                                                                          \
    "SELECT least($3, (SELECT count(*) FROM (SELECT FROM message WHERE organization_id = $1" condition                 \
    " LIMIT $3) o) + (SELECT count(*) FROM (SELECT FROM message WHERE account_id = $2" condition " LIMIT $3) a)) AS n"

#define INFORMING " AND purpose = 'inform'"

const struct db_statement sql_message_list = { "message_list", OWN_PAGE("") };
const struct db_statement sql_message_list_unread = { "message_list_unread", OWN_PAGE(" AND read_at IS NULL") };
const struct db_statement sql_message_list_to_note = { "message_list_to_note",
                                                       OWN_PAGE(INFORMING " AND read_at IS NULL") };
const struct db_statement sql_message_list_noted = { "message_list_noted",
                                                     OWN_PAGE(INFORMING " AND read_at IS NOT NULL") };
const struct db_statement sql_message_count = { "message_count", OWN_NUMBER("") };
const struct db_statement sql_message_count_unread = { "message_count_unread", OWN_NUMBER(" AND read_at IS NULL") };
const struct db_statement sql_message_count_to_note = { "message_count_to_note",
                                                        OWN_NUMBER(INFORMING " AND read_at IS NULL") };
const struct db_statement sql_message_count_noted = { "message_count_noted",
                                                      OWN_NUMBER(INFORMING " AND read_at IS NOT NULL") };

static const struct {
    const struct db_statement *page;
    const struct db_statement *number;
} lists[] = {
    [MESSAGES_ALL] = { &sql_message_list, &sql_message_count },
    [MESSAGES_UNREAD] = { &sql_message_list_unread, &sql_message_count_unread },
    [MESSAGES_TO_NOTE] = { &sql_message_list_to_note, &sql_message_count_to_note },
    [MESSAGES_NOTED] = { &sql_message_list_noted, &sql_message_count_noted },
};

status_t
message_list(struct call *call, enum message_list list, const struct message_key *after, int64_t limit,
             struct message **ret_messages, size_t *ret_count)
{
    struct db_args args = { 0 };
    struct db_rows *rows;
    status_t st;

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, &call->actor->account);
    db_arg_text(&args, after->at);
    db_arg_text(&args, after->id);
    db_arg_i64(&args, limit);
    st = db_query(call->db, call->arena, lists[list].page, &args, &rows);
    if (st)
        return st;
    *ret_count = (size_t)db_count(rows);
    *ret_messages = arena_array(call->arena, *ret_count, sizeof **ret_messages);
    for (size_t i = 0; i < *ret_count; i++)
        (*ret_messages)[i] = read_message(rows, (int)i);
    return db_rows_status(rows);
}

status_t
message_count(struct call *call, enum message_list list, uint32_t *ret_count)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, &call->actor->account);
    db_arg_i64(&args, COUNT_LIMIT);
    st = db_query_row(call->db, call->arena, lists[list].number, &args, &row);
    if (st)
        return st;
    *ret_count = (uint32_t)db_i64(row, 0, "n");
    return db_rows_status(row);
}

#define OWN " (organization_id = $2 OR account_id = $3)"

const struct db_statement sql_message_lock = {
    "message_lock",
    "SELECT " COLUMNS " FROM message WHERE id = $1 AND" OWN " FOR UPDATE",
};

status_t
message_lock(struct call *call, const struct id *id, struct message *ret_message)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, id);
    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, &call->actor->account);
    st = db_query_row(call->db, call->arena, &sql_message_lock, &args, &row);
    if (st)
        return st;
    *ret_message = read_message(row, 0);
    return db_rows_status(row);
}

const struct db_statement sql_message_mark_read = {
    "message_mark_read",
    "UPDATE message SET read_at = $4 WHERE id = $1 AND" OWN,
};

void
message_mark_read(struct call *call, const struct id *id)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, &call->actor->account);
    db_arg_instant(&args, call->now);
    db_queue(call->db, &sql_message_mark_read, &args);
}

/* In the order of their ids, so that two who mark the same ones wait for each other and do not deadlock. */
const struct db_statement sql_message_mark_many = {
    "message_mark_many",
    "WITH found AS (SELECT id FROM message WHERE id = ANY ($1::uuid[]) AND" OWN " AND read_at IS NULL"
    "                ORDER BY id LIMIT $5 FOR UPDATE),"
    "     marked AS (UPDATE message m SET read_at = $4 FROM found WHERE m.id = found.id RETURNING m.id)"
    " SELECT count(*) AS n FROM marked",
};

static status_t
run_marking(struct call *call, const struct db_statement *statement, struct db_args *args, uint32_t *ret_marked)
{
    struct db_rows *row;
    status_t st;

    db_arg_id(args, call_scope(call));
    db_arg_id(args, &call->actor->account);
    db_arg_instant(args, call->now);
    db_arg_i64(args, COUNT_LIMIT);
    st = db_query_row(call->db, call->arena, statement, args, &row);
    if (st)
        return st;
    *ret_marked = (uint32_t)db_i64(row, 0, "n");
    return db_rows_status(row);
}

status_t
message_mark_read_many(struct call *call, const struct id *ids, size_t count, uint32_t *ret_marked)
{
    struct db_args args = { 0 };

    db_arg_ids(&args, call->arena, ids, count);
    return run_marking(call, &sql_message_mark_many, &args, ret_marked);
}

const struct db_statement sql_message_mark_through = {
    "message_mark_through",
    "WITH newest AS (SELECT at, id FROM message WHERE id = $1 AND" OWN "),"
    "     own AS ((SELECT m.id FROM message m, newest n WHERE organization_id = $2 AND read_at IS NULL"
    "               AND (m.at, m.id) <= (n.at, n.id) ORDER BY m.at DESC, m.id DESC LIMIT $5)"
    "             UNION ALL (SELECT m.id FROM message m, newest n WHERE account_id = $3 AND read_at IS NULL"
    "               AND (m.at, m.id) <= (n.at, n.id) ORDER BY m.at DESC, m.id DESC LIMIT $5)),"
    "     found AS (SELECT id FROM message WHERE id IN (SELECT id FROM own LIMIT $5) AND read_at IS NULL"
    "                ORDER BY id FOR UPDATE),"
    "     marked AS (UPDATE message m SET read_at = $4 FROM found WHERE m.id = found.id RETURNING m.id)"
    " SELECT (SELECT count(*) FROM marked) AS n FROM newest",
};

status_t
message_mark_read_through(struct call *call, const struct id *through, uint32_t *ret_marked)
{
    struct db_args args = { 0 };

    db_arg_id(&args, through);
    return run_marking(call, &sql_message_mark_through, &args, ret_marked);
}
