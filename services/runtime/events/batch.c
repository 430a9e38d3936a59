/* SPDX-License-Identifier: Apache-2.0 */
/* Cursor, versions, effects: one transaction. The follower's thread. */
#include "events/batch.h"

#include <stdlib.h>

#include "io/metrics.h"
#include "rpc/codec.h"
#include "base/banned.h"

const struct db_statement sql_cursor_make = {
    "cursor_make",
    "INSERT INTO cursor (source, epoch, pos) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING",
};

const struct db_statement sql_cursor_read = {
    "cursor_read",
    "SELECT epoch, pos FROM cursor WHERE source = $1",
};

status_t
batch_cursor(struct follow *follow, const char *source, const struct id *epoch, struct id *ret_epoch, int64_t *ret_pos)
{
    struct db_args make = { 0 };
    struct db_args read = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_text(&make, source);
    db_arg_id(&make, epoch);
    db_queue(follow->db, &sql_cursor_make, &make);
    db_arg_text(&read, source);
    st = db_query_row(follow->db, follow->arena, &sql_cursor_read, &read, &row);
    if (st)
        return st;
    *ret_epoch = db_id(row, 0, "epoch");
    *ret_pos = db_i64(row, 0, "pos");
    return db_rows_status(row);
}

/* Versions are scalar subqueries, so that each is one probe whatever the planner knows: of a young table it knows
 * nothing, and a join would read all that was ever seen, once for each page. */
const struct db_statement sql_batch_facts = {
    "batch_facts",
    "WITH here AS (SELECT epoch, pos FROM cursor WHERE source = $1 FOR UPDATE)"
    " SELECT here.epoch, here.pos, a.id AS aggregate_id,"
    "        coalesce((SELECT s.version FROM seen s WHERE s.source = $1 AND s.aggregate_id = a.id), 0) AS version,"
    "        EXISTS (SELECT 1 FROM parked p WHERE p.source = $1 AND p.aggregate_id = a.id) AS parked"
    "   FROM here LEFT JOIN unnest($2::uuid[]) AS a (id) ON true",
};

/* What was known of one aggregate before the page, kept up to date while it is worked through. */
struct known {
    struct id id; /* first, as by_id compares */
    int64_t version;
    bool parked;
    bool changed;
};

struct known_set {
    struct known *items;
    size_t count;
};

static int
by_id(const void *a, const void *b)
{
    return memcmp(a, b, ID_BYTES);
}

static struct known *
find_known(struct known_set *set, const struct id *id)
{
    return bsearch(id, set->items, set->count, sizeof *set->items, by_id);
}

/* The page's aggregates, each once, in the order of their index. */
static size_t
collect_ids(const struct batch *batch, struct id *ids)
{
    size_t n = 0;

    for (size_t i = 0; i < batch->count; i++)
        ids[i] = batch->events[i].id;
    qsort(ids, batch->count, sizeof *ids, by_id);
    for (size_t i = 0; i < batch->count; i++)
        if (n == 0 || !id_equal(&ids[n - 1], &ids[i]))
            ids[n++] = ids[i];
    return n;
}

static status_t
read_facts(struct follow *follow, const struct batch *batch, struct known_set *ret_set, int64_t *ret_at)
{
    struct id *ids = arena_array(follow->arena, batch->count + 1, sizeof *ids);
    size_t n = collect_ids(batch, ids);
    struct db_args args = { 0 };
    struct db_rows *rows;
    struct id epoch;
    status_t st;

    db_arg_text(&args, batch->source);
    db_arg_ids(&args, follow->arena, ids, n);
    st = db_query_row(follow->db, follow->arena, &sql_batch_facts, &args, &rows);
    if (st)
        return st;
    epoch = db_id(rows, 0, "epoch");
    *ret_at = db_i64(rows, 0, "pos");
    if (!id_equal(&epoch, &batch->epoch))
        return status_plain(PROBLEM_EPOCH_CHANGED);
    ret_set->items = arena_array(follow->arena, n + 1, sizeof *ret_set->items);
    for (int i = 0; n > 0 && i < db_count(rows); i++)
        ret_set->items[ret_set->count++] = (struct known){ .id = db_id(rows, i, "aggregate_id"),
                                                           .version = db_i64(rows, i, "version"),
                                                           .parked = db_bool(rows, i, "parked") };
    qsort(ret_set->items, ret_set->count, sizeof *ret_set->items, by_id);
    return db_rows_status(rows);
}

const struct db_statement sql_park = {
    "park_event",
    "INSERT INTO parked (source, pos, aggregate, aggregate_id, version, type, payload, problem, at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
};

static void
park(struct follow *follow, const struct event *event, const char *problem)
{
    struct db_args args = { 0 };

    db_arg_text(&args, event->source);
    db_arg_i64(&args, event->pos);
    db_arg_text(&args, event->aggregate);
    db_arg_id(&args, &event->id);
    db_arg_i64(&args, event->version);
    db_arg_text(&args, event->type);
    db_arg_bytes(&args, event->payload);
    db_arg_text(&args, problem);
    db_arg_instant(&args, follow->now);
    db_queue(follow->db, &sql_park, &args);
}

static const struct subscription *
find_subscription(const struct subscription *rows, const struct event *event)
{
    for (; rows->source; rows++)
        if (strcmp(rows->source, event->source) == 0 && strcmp(rows->type, event->type) == 0)
            return rows;
    return NULL;
}

status_t
batch_apply_event(struct follow *follow, const struct subscription *subscriptions, const struct event *event)
{
    const struct subscription *row = find_subscription(subscriptions, event);
    ProtobufCMessage *fact;
    status_t st;

    if (!row)
        return OK;
    st = codec_unpack(follow->arena, row->fact, event->payload, &fact);
    return st ? st : row->apply(follow, event, fact);
}

static status_t
take(struct follow *follow, const struct batch *batch, struct known *known, const struct event *event)
{
    status_t st;

    if (!known->parked && event->version <= known->version)
        return OK; /* seen before */
    if (event->pos == batch->park_pos || known->parked || event->version > known->version + 1) {
        park(follow, event,
             event->pos == batch->park_pos ? batch->park_problem
             : known->parked               ? "behind-a-parked-event"
                                           : "version-gap");
        known->parked = true;
        return OK;
    }
    st = batch_apply_event(follow, batch->subscriptions, event);
    known->version = event->version;
    known->changed = true;
    return st;
}

const struct db_statement sql_seen_write = {
    "seen_write",
    "INSERT INTO seen (source, aggregate_id, version)"
    " SELECT $1, id, version FROM unnest($2::uuid[], $3::bigint[]) AS u (id, version)"
    " ON CONFLICT (source, aggregate_id) DO UPDATE SET version = excluded.version",
};

const struct db_statement sql_cursor_move = {
    "cursor_move",
    "UPDATE cursor SET pos = $2 WHERE source = $1",
};

static void
write_progress(struct follow *follow, const struct batch *batch, const struct known_set *set)
{
    struct id *ids = arena_array(follow->arena, set->count + 1, sizeof *ids);
    int64_t *versions = arena_array(follow->arena, set->count + 1, sizeof *versions);
    struct db_args seen = { 0 };
    struct db_args move = { 0 };
    size_t n = 0;

    for (size_t i = 0; i < set->count; i++) {
        if (!set->items[i].changed)
            continue;
        ids[n] = set->items[i].id;
        versions[n++] = set->items[i].version;
    }
    if (n) {
        db_arg_text(&seen, batch->source);
        db_arg_ids(&seen, follow->arena, ids, n);
        db_arg_i64s(&seen, follow->arena, versions, n);
        db_queue(follow->db, &sql_seen_write, &seen);
    }
    db_arg_text(&move, batch->source);
    db_arg_i64(&move, batch->next);
    db_queue(follow->db, &sql_cursor_move, &move);
}

static status_t
apply_all(struct follow *follow, const struct batch *batch, struct known_set *set, const struct event **ret_event)
{
    for (size_t i = 0; i < batch->count; i++) {
        status_t st = take(follow, batch, find_known(set, &batch->events[i].id), &batch->events[i]);

        /* alone in its page: an effect that the database refuses is this event's failure */
        if (!st && (batch->count == 1 || db_queue_is_long(follow->db)))
            st = db_flush(follow->db, follow->arena);
        if (st) {
            *ret_event = &batch->events[i];
            return st;
        }
    }
    return OK;
}

enum batch_outcome
batch_apply(struct follow *follow, const struct batch *batch, int64_t *ret_at, const struct event **ret_event,
            status_t *ret_status)
{
    struct known_set set = { 0 };
    status_t st;

    *ret_event = NULL;
    db_begin(follow->db);
    st = read_facts(follow, batch, &set, ret_at);
    if (!st && *ret_at != batch->after) {
        db_rollback(follow->db);
        return BATCH_MOVED;
    }
    if (!st)
        st = apply_all(follow, batch, &set, ret_event);
    if (!st) {
        write_progress(follow, batch, &set);
        st = db_commit(follow->db, follow->arena);
    }
    if (!st)
        return BATCH_DONE;
    db_rollback(follow->db);
    *ret_status = st;
    return BATCH_FAILED;
}
