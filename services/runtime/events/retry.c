/* SPDX-License-Identifier: Apache-2.0 */
/* Parked events, applied again in the transaction of the operator's call. */
#include <stdlib.h>

#include "events/batch.h"

#include "base/banned.h"

const struct db_statement sql_parked_take = {
    "parked_take",
    "DELETE FROM parked WHERE source = $1 AND aggregate_id = $2"
    " RETURNING pos, aggregate, version, type, payload, at",
};

const struct db_statement sql_parked_seen = {
    "parked_seen",
    "INSERT INTO seen (source, aggregate_id, version) VALUES ($1, $2, $3)"
    " ON CONFLICT (source, aggregate_id) DO UPDATE SET version = excluded.version",
};

static int
by_position(const void *a, const void *b)
{
    const struct event *left = a;
    const struct event *right = b;

    return (left->pos > right->pos) - (left->pos < right->pos);
}

static struct event *
read_events(struct follow *follow, struct db_rows *rows, const char *source, const struct id *aggregate)
{
    size_t count = (size_t)db_count(rows);
    struct event *events = arena_array(follow->arena, count + 1, sizeof *events);

    for (int i = 0; i < db_count(rows); i++)
        events[i] = (struct event){ .source = source,
                                    .aggregate = db_text(rows, i, "aggregate"),
                                    .id = *aggregate,
                                    .version = db_i64(rows, i, "version"),
                                    .type = db_text(rows, i, "type"),
                                    .payload = db_bytes(rows, i, "payload"),
                                    .at = db_instant(rows, i, "at"),
                                    .pos = db_i64(rows, i, "pos") };
    qsort(events, count, sizeof *events, by_position);
    return events;
}

static void
note_seen(struct follow *follow, const char *source, const struct id *aggregate, int64_t version)
{
    struct db_args args = { 0 };

    db_arg_text(&args, source);
    db_arg_id(&args, aggregate);
    db_arg_i64(&args, version);
    db_queue(follow->db, &sql_parked_seen, &args);
}

status_t
follower_retry(struct follow *follow, const struct subscription *subscriptions, const char *source,
               const struct id *aggregate, int64_t *ret_applied, int64_t *ret_left)
{
    struct db_args args = { 0 };
    struct event *events;
    struct db_rows *rows;
    status_t st;

    db_arg_text(&args, source);
    db_arg_id(&args, aggregate);
    st = db_query(follow->db, follow->arena, &sql_parked_take, &args, &rows);
    if (st)
        return st;
    events = read_events(follow, rows, source, aggregate);
    for (int i = 0; i < db_count(rows) && !st; i++)
        st = batch_apply_event(follow, subscriptions, &events[i]);
    if (!st && db_count(rows))
        note_seen(follow, source, aggregate, events[db_count(rows) - 1].version);
    *ret_applied = db_count(rows);
    *ret_left = 0;
    return st ? st : db_rows_status(rows);
}
