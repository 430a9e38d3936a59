/* SPDX-License-Identifier: Apache-2.0 */
/* Handlers of feed/v1/feed.proto about feeds that have begun a new life: shown to the operator, and confirmed by him.
 * Worker threads; the sources are asked in the prepare step. */
#include "events/epoch.h"

#include <liangxin/feed/v1/feed.facts.h>
#include <liangxin/feed/v1/feed.handlers.h>

#include "rpc/audit.h"
#include "rpc/client.h"
#include "base/banned.h"

#define SOURCES 8
#define LOOK_MS 2000
#define NOWHERE INT64_MAX /* behind every event: the page is empty */

struct looks {
    size_t count;
    struct look {
        const char *source;
        bool reached;
        struct id epoch;
        int64_t head;
    } of[SOURCES];
};

static struct look *
find_look(struct looks *looks, const char *source)
{
    for (size_t i = 0; i < looks->count; i++)
        if (strcmp(looks->of[i].source, source) == 0)
            return &looks->of[i];
    return NULL;
}

/* Asks a source for its epoch and head. */
static status_t
look_at(struct call *call, struct look *look)
{
    Liangxin__Feed__V1__FetchRequest request = LIANGXIN__FEED__V1__FETCH_REQUEST__INIT;
    struct rpc_options options = { .service = look->source, .budget_ms = LOOK_MS };
    const FetchReply *reply;
    ProtobufCMessage *message;
    status_t st;

    request.after = NOWHERE;
    request.limit = 1;
    st = rpc_call(call->client, call->arena, &feed_fetch, &request.base, &options, &message);
    if (st)
        return st;
    reply = (const FetchReply *)message;
    if (!id_from_bytes(reply->epoch.data, reply->epoch.len, &look->epoch))
        return status_plain(PROBLEM_MALFORMED);
    look->head = reply->head;
    look->reached = true;
    return OK;
}

static struct looks *
collect_sources(struct call *call)
{
    struct looks *looks = arena_alloc(call->arena, sizeof *looks);

    for (const struct subscription *row = feed_subscribed(); row && row->source; row++)
        if (!find_look(looks, row->source) && looks->count < SOURCES)
            looks->of[looks->count++].source = row->source;
    return looks;
}

status_t
epoch_prepare_list(struct call *call, const ProtobufCMessage *in)
{
    struct looks *looks = collect_sources(call);

    (void)in;
    for (size_t i = 0; i < looks->count; i++)
        (void)look_at(call, &looks->of[i]); /* the answer says which were reached */
    call->prepared = looks;
    return OK;
}

status_t
epoch_prepare_confirm(struct call *call, const ProtobufCMessage *in)
{
    const EpochConfirmation *confirmation = (const EpochConfirmation *)in;
    struct look *look = find_look(collect_sources(call), confirmation->source);

    if (!look)
        return status_plain(PROBLEM_NOT_FOUND);
    call->prepared = look;
    return look_at(call, look);
}

static ProtobufCBinaryData
bytes_of(struct arena *arena, const struct id *id)
{
    return (ProtobufCBinaryData){ ID_BYTES, arena_copy(arena, id->bytes, ID_BYTES) };
}

static void
show(struct call *call, struct db_rows *rows, int i, const struct look *look, Followed *out)
{
    struct id epoch = db_id(rows, i, "epoch");

    out->source = (char *)(uintptr_t)db_text(rows, i, "source");
    out->epoch = bytes_of(call->arena, &epoch);
    out->position = db_i64(rows, i, "pos");
    if (!look || !look->reached)
        return;
    out->reached = true;
    out->source_epoch = bytes_of(call->arena, &look->epoch);
    out->source_head = look->head;
}

const struct db_statement sql_followed_list = {
    "followed_list",
    "SELECT source, epoch, pos FROM cursor ORDER BY source",
};

status_t
handle_list_followed(struct call *call, const ListFollowedRequest *in, ListFollowedReply *out)
{
    struct db_rows *rows;
    status_t st = db_query(call->db, call->arena, &sql_followed_list, NULL, &rows);

    (void)in;
    if (st)
        return st;
    out->n_feeds = (size_t)db_count(rows);
    out->feeds = arena_array(call->arena, out->n_feeds + 1, sizeof *out->feeds);
    for (int i = 0; i < db_count(rows); i++) {
        out->feeds[i] = followed_new(call->arena);
        show(call, rows, i, find_look(call->prepared, db_text(rows, i, "source")), out->feeds[i]);
    }
    return db_rows_status(rows);
}

const struct db_statement sql_epoch_confirm = {
    "epoch_confirm",
    "UPDATE cursor SET epoch = $2, pos = $3 WHERE source = $1 RETURNING source, epoch, pos",
};

status_t
handle_confirm_epoch(struct call *call, const EpochConfirmation *in, Followed *out)
{
    const struct look *look = call->prepared;
    struct db_args args = { 0 };
    struct db_rows *row;
    struct id epoch;
    status_t st;

    if (!id_from_bytes(in->epoch.data, in->epoch.len, &epoch))
        return status_field(call->arena, PROBLEM_BAD_FORMAT, "/epoch");
    if (!id_equal(&epoch, &look->epoch))
        return status_plain(PROBLEM_STALE);
    if (in->after > look->head)
        return status_field(call->arena, PROBLEM_OUT_OF_RANGE, "/after");
    db_arg_text(&args, in->source);
    db_arg_id(&args, &epoch);
    db_arg_i64(&args, in->after);
    st = db_query_row(call->db, call->arena, &sql_epoch_confirm, &args, &row);
    if (st)
        return st;
    audit_add(call, &(struct audit_entry){ .object = "cursor", .id = &epoch, .reason = in->source });
    show(call, row, 0, look, out);
    return db_rows_status(row);
}
