/* SPDX-License-Identifier: Apache-2.0 */
/* What open pages are told. It travels by this service's own feed: written in the transaction of its effect, given its
 * place after the commit, so that no reader passes over one that commits late. The caller's thread. */
#include "daemon/daemon.h"
#include "events/outbox.h"
#include "io/clock.h"
#include "notifications/stream.h"
#include "rpc/codec.h"
#include "base/banned.h"

static ProtobufCBinaryData
bytes_of(struct arena *arena, const struct id *id)
{
    return (ProtobufCBinaryData){ .len = ID_BYTES, .data = arena_copy(arena, id->bytes, ID_BYTES) };
}

void
stream_tell(struct db *db, struct arena *arena, const struct stream_item *item, instant_t now)
{
    ItemChanged *fact = item_changed_new(arena);
    struct id id = clock_id();
    struct outbox_event event = { .aggregate = "stream", .id = &id, .version = 1, .fact = &fact->base, .at = now };

    fact->kind = arena_text(arena, item->kind);
    fact->id = bytes_of(arena, item->id);
    fact->organization_ids = arena_array(arena, item->n_organizations, sizeof *fact->organization_ids);
    for (; fact->n_organization_ids < item->n_organizations; fact->n_organization_ids++)
        fact->organization_ids[fact->n_organization_ids] =
            bytes_of(arena, &item->organizations[fact->n_organization_ids]);
    if (item->account)
        fact->account_id = bytes_of(arena, item->account);
    outbox_append(db, arena, &event);
}

/* A reader of another life of the feed, or one that asks for what lies before the head, begins before the head. */
const struct db_statement sql_stream_read = {
    "stream_read",
    "SELECT e.epoch, e.head, e.begin, f.pos, f.payload"
    "  FROM (SELECT epoch, head,"
    "               CASE WHEN epoch = $1 AND $2::bigint BETWEEN 0 AND head THEN $2"
    "                    ELSE greatest(0, head - abs(least($2, 0))) END AS begin FROM feed_epoch) e"
    "  LEFT JOIN LATERAL (SELECT pos, payload FROM feed"
    "                      WHERE pos > e.begin AND pos <= e.head AND type = 'ItemChanged'"
    "                      ORDER BY pos LIMIT $3) f ON true"
    " ORDER BY f.pos",
};

static status_t
row_of(struct call *call, struct db_rows *rows, int i, StreamRow **ret_row)
{
    ProtobufCMessage *item;
    status_t st = codec_unpack(call->arena, &liangxin__notifications__v1__item_changed__descriptor,
                               db_bytes(rows, i, "payload"), &item);

    if (st)
        return st;
    *ret_row = stream_row_new(call->arena);
    (*ret_row)->pos = db_i64(rows, i, "pos");
    (*ret_row)->item = (ItemChanged *)item;
    return OK;
}

status_t
stream_read(struct call *call, const ReadStreamRequest *in, ReadStreamReply *out)
{
    struct db_args args = { 0 };
    struct db_rows *rows;
    struct id epoch = { { 0 } };
    struct id present;
    status_t st;

    if (in->epoch.len && !id_from_bytes(in->epoch.data, in->epoch.len, &epoch))
        return status_field(call->arena, PROBLEM_BAD_FORMAT, "/epoch");
    db_arg_id(&args, &epoch);
    db_arg_i64(&args, in->after);
    db_arg_i64(&args, in->limit);
    st = db_query_row(call->db, call->arena, &sql_stream_read, &args, &rows);
    if (st)
        return st;
    present = db_id(rows, 0, "epoch");
    out->epoch = bytes_of(call->arena, &present);
    out->head = db_i64(rows, 0, "head");
    out->after = db_i64(rows, 0, "begin");
    out->rows = arena_array(call->arena, (size_t)db_count(rows), sizeof *out->rows);
    for (int i = 0; !st && i < db_count(rows) && !db_is_null(rows, i, "pos"); i++)
        st = row_of(call, rows, i, &out->rows[out->n_rows++]);
    return st ? st : db_rows_status(rows);
}
