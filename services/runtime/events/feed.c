/* SPDX-License-Identifier: Apache-2.0 */
/* Handlers of feed/v1/feed.proto: the feed served, parked events listed, retried, skipped. Worker threads. */
#include "events/feed.h"

#include <liangxin/feed/v1/feed.facts.h>
#include <liangxin/feed/v1/feed.handlers.h>

#include "events/epoch.h"
#include "rpc/audit.h"
#include "base/banned.h"

static const struct subscription *subscribed; /* set before the server starts */
static void *subscribed_state;

void
feed_subscriptions(const struct subscription *subscriptions, void *state)
{
    subscribed = subscriptions;
    subscribed_state = state;
}

const struct subscription *
feed_subscribed(void)
{
    return subscribed;
}

const struct db_statement sql_feed_page = {
    "feed_page",
    "SELECT e.epoch, e.head, f.pos, f.aggregate, f.aggregate_id, f.version, f.type, f.payload, f.at"
    "  FROM feed_epoch e"
    "  LEFT JOIN LATERAL (SELECT * FROM feed WHERE pos > $1 AND pos <= e.head"
    "                        AND (cardinality($2::text[]) = 0 OR aggregate = ANY ($2))"
    "                      ORDER BY pos LIMIT $3) f ON true"
    " ORDER BY f.pos",
};

static ProtobufCBinaryData
bytes_of(struct slice slice)
{
    return (ProtobufCBinaryData){ .len = slice.size, .data = (uint8_t *)(uintptr_t)slice.data };
}

static ProtobufCBinaryData
id_bytes(struct arena *arena, struct id id)
{
    return bytes_of(slice_make(arena_copy(arena, id.bytes, ID_BYTES), ID_BYTES));
}

static Event *
event_to_wire(struct call *call, struct db_rows *rows, int i)
{
    Event *event = event_new(call->arena);

    event->pos = db_i64(rows, i, "pos");
    event->aggregate = (char *)(uintptr_t)db_text(rows, i, "aggregate");
    event->aggregate_id = id_bytes(call->arena, db_id(rows, i, "aggregate_id"));
    event->version = db_i64(rows, i, "version");
    event->type = (char *)(uintptr_t)db_text(rows, i, "type");
    event->payload = bytes_of(db_bytes(rows, i, "payload"));
    event->at_us = db_instant(rows, i, "at");
    return event;
}

/* Where the reader goes on: behind the last event of a full page, else at the head (other kinds are passed over). */
static int64_t
next_position(const FetchReply *out, uint32_t limit, int64_t after)
{
    if (out->n_events == limit)
        return out->events[out->n_events - 1]->pos;
    return out->head > after ? out->head : after;
}

/* A page stays well below the body's limit, whatever the payloads. */
static bool
fits(size_t *used, const Event *event)
{
    *used += event->payload.len + 256;
    return *used < RPC_BODY_LIMIT / 2;
}

status_t
handle_fetch(struct call *call, const FetchRequest *in, FetchReply *out)
{
    uint32_t limit = in->limit;
    struct db_args args = { 0 };
    struct db_rows *rows;
    size_t used = 0;
    status_t st;

    db_arg_i64(&args, in->after);
    db_arg_texts(&args, call->arena, (const char *const *)in->aggregates, in->n_aggregates);
    db_arg_i64(&args, limit);
    st = db_query_row(call->db, call->arena, &sql_feed_page, &args, &rows);
    if (st)
        return st;
    out->epoch = id_bytes(call->arena, db_id(rows, 0, "epoch"));
    out->head = db_i64(rows, 0, "head");
    out->events = arena_array(call->arena, (size_t)db_count(rows), sizeof *out->events);
    for (int i = 0; i < db_count(rows) && !db_is_null(rows, i, "pos"); i++) {
        out->events[out->n_events] = event_to_wire(call, rows, i);
        if (out->n_events && !fits(&used, out->events[out->n_events])) {
            limit = (uint32_t)out->n_events;
            break;
        }
        out->n_events++;
    }
    out->next = next_position(out, limit, in->after);
    return db_rows_status(rows);
}

const struct db_statement sql_parked_list = {
    "parked_list",
    "SELECT source, pos, aggregate, aggregate_id, version, type, payload, problem, at FROM parked"
    " WHERE pos > $1 ORDER BY pos, source LIMIT $2",
};

status_t
handle_list_parked(struct call *call, const ListParkedRequest *in, ListParkedReply *out)
{
    struct db_args args = { 0 };
    struct db_rows *rows;
    status_t st;

    db_arg_i64(&args, in->after);
    db_arg_i64(&args, in->limit);
    st = db_query(call->db, call->arena, &sql_parked_list, &args, &rows);
    if (st)
        return st;
    out->n_parked = (size_t)db_count(rows);
    out->parked = arena_array(call->arena, out->n_parked + 1, sizeof *out->parked);
    for (int i = 0; i < db_count(rows); i++) {
        out->parked[i] = parked_event_new(call->arena);
        out->parked[i]->source = (char *)(uintptr_t)db_text(rows, i, "source");
        out->parked[i]->problem = (char *)(uintptr_t)db_text(rows, i, "problem");
        out->parked[i]->event = event_to_wire(call, rows, i);
    }
    return db_rows_status(rows);
}

static status_t
audited(struct call *call, const ParkedAggregate *in, struct id *ret_id)
{
    if (!id_from_bytes(in->aggregate_id.data, in->aggregate_id.len, ret_id))
        return status_field(call->arena, PROBLEM_BAD_FORMAT, "/aggregate_id");
    audit_add(call, &(struct audit_entry){ .object = "parked", .id = ret_id, .reason = in->source });
    return OK;
}

status_t
handle_retry_parked(struct call *call, const ParkedAggregate *in, ParkedResult *out)
{
    struct follow follow = { .db = call->db, .arena = call->arena, .state = subscribed_state, .now = call->now };
    int64_t applied = 0;
    int64_t left = 0;
    struct id id;
    status_t st = audited(call, in, &id);

    if (!st && !subscribed)
        return status_plain(PROBLEM_NOT_FOUND);
    if (!st)
        st = follower_retry(&follow, subscribed, in->source, &id, &applied, &left);
    out->applied = (uint32_t)applied;
    out->left = (uint32_t)left;
    return st;
}

const struct db_statement sql_parked_skip = {
    "parked_skip",
    "WITH first AS (DELETE FROM parked WHERE (source, pos) IN"
    "                 (SELECT source, pos FROM parked WHERE source = $1 AND aggregate_id = $2 ORDER BY pos LIMIT 1)"
    "               RETURNING version),"
    "     noted AS (INSERT INTO seen (source, aggregate_id, version) SELECT $1, $2, version FROM first"
    "               ON CONFLICT (source, aggregate_id) DO UPDATE SET version = excluded.version)"
    " SELECT (SELECT count(*) FROM first) AS skipped,"
    "        (SELECT count(*) FROM parked WHERE source = $1 AND aggregate_id = $2) AS there",
};

status_t
handle_skip_parked(struct call *call, const ParkedAggregate *in, ParkedResult *out)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    struct id id;
    status_t st = audited(call, in, &id);

    if (st)
        return st;
    db_arg_text(&args, in->source);
    db_arg_id(&args, &id);
    st = db_query_row(call->db, call->arena, &sql_parked_skip, &args, &row);
    if (st)
        return st;
    out->applied = (uint32_t)db_i64(row, 0, "skipped");
    out->left = (uint32_t)(db_i64(row, 0, "there") - db_i64(row, 0, "skipped"));
    return out->applied ? OK : status_plain(PROBLEM_NOT_FOUND);
}

const struct rpc_endpoint feed_endpoints[] = {
    { &feed_fetch, call_fetch, NULL },
    { &feed_list_parked, call_list_parked, NULL },
    { &feed_retry_parked, call_retry_parked, NULL },
    { &feed_skip_parked, call_skip_parked, NULL },
    { &feed_list_followed, call_list_followed, epoch_prepare_list },
    { &feed_confirm_epoch, call_confirm_epoch, epoch_prepare_confirm },
    { 0 },
};
