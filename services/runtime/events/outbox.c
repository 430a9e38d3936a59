/* SPDX-License-Identifier: Apache-2.0 */
/* Events into the outbox. The caller's thread and transaction. */
#include "events/outbox.h"

#include "rpc/codec.h"
#include "base/banned.h"

const struct db_statement sql_outbox_append = {
    "outbox_append",
    "INSERT INTO outbox (aggregate, aggregate_id, version, type, payload, at) VALUES ($1, $2, $3, $4, $5, $6)",
};

/* In the order in which they were told: the sequencer goes by the ids. */
const struct db_statement sql_outbox_append_set = {
    "outbox_append_set",
    "INSERT INTO outbox (aggregate, aggregate_id, version, type, payload, at)"
    " SELECT e.aggregate, e.aggregate_id::uuid, e.version::bigint, e.type, e.payload, e.at::timestamptz"
    "   FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::text[]) WITH ORDINALITY"
    "        AS e (aggregate, aggregate_id, version, type, payload, at, n)"
    "  ORDER BY e.n",
};

static const struct db_many events = { &sql_outbox_append, &sql_outbox_append_set, .bytes = 1U << 4 };

void
outbox_append(struct db *db, struct arena *arena, const struct outbox_event *event)
{
    struct db_args args = { 0 };

    db_arg_text(&args, event->aggregate);
    db_arg_id(&args, event->id);
    db_arg_i64(&args, event->version);
    db_arg_text(&args, event->fact->descriptor->short_name);
    db_arg_bytes(&args, codec_pack(arena, event->fact));
    db_arg_instant(&args, event->at);
    db_gather(db, &events, &args);
}
