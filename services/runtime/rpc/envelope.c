/* SPDX-License-Identifier: Apache-2.0 */
/* The headers of a call as structs of ours. Pure but for the arena. */
#include "rpc/envelope.h"

#include <liangxin/rpc/v1/rpc.pb-c.h>

#include "rpc/codec.h"
#include "base/banned.h"

#define PROBLEMS_MOST 200 /* problems one answer may carry */
#define SIZE_BYTES    4   /* before the header */
#define CHANGES_MOST  100 /* fields one comparison may carry */

static ProtobufCBinaryData
bytes_of(struct slice slice)
{
    return (ProtobufCBinaryData){ .len = slice.size, .data = (uint8_t *)(uintptr_t)slice.data };
}

static char *
text_of(const char *text)
{
    return (char *)(uintptr_t)(text ? text : "");
}

struct slice
envelope_request_pack(struct arena *arena, const struct rpc_request *request)
{
    Liangxin__Rpc__V1__RequestHeader header = LIANGXIN__RPC__V1__REQUEST_HEADER__INIT;

    header.request_id = bytes_of(slice_make(request->id.bytes, ID_BYTES));
    header.method = text_of(request->method);
    header.budget_ms = request->budget_ms;
    header.attempt = request->attempt;
    header.actor = bytes_of(request->actor);
    header.idempotency_key = text_of(request->idempotency_key);
    header.trace = text_of(request->trace);
    if (request->has_version) {
        header.if_match_case = LIANGXIN__RPC__V1__REQUEST_HEADER__IF_MATCH_VERSION;
        header.version = request->version;
    }
    return codec_pack(arena, &header.base);
}

status_t
envelope_request_unpack(struct arena *arena, struct slice bytes, struct rpc_request *ret_request)
{
    Liangxin__Rpc__V1__RequestHeader *header;
    ProtobufCMessage *message;
    status_t st = codec_unpack(arena, &liangxin__rpc__v1__request_header__descriptor, bytes, &message);

    if (st)
        return st;
    header = (Liangxin__Rpc__V1__RequestHeader *)message;
    if (!id_from_bytes(header->request_id.data, header->request_id.len, &ret_request->id))
        return status_field(arena, PROBLEM_BAD_FORMAT, "request_id");
    ret_request->method = header->method;
    ret_request->budget_ms = header->budget_ms;
    ret_request->attempt = header->attempt;
    ret_request->actor = slice_make(header->actor.data, header->actor.len);
    ret_request->idempotency_key = header->idempotency_key;
    ret_request->has_version = header->if_match_case == LIANGXIN__RPC__V1__REQUEST_HEADER__IF_MATCH_VERSION;
    ret_request->version = ret_request->has_version ? header->version : 0;
    ret_request->trace = header->trace;
    return OK;
}

static Liangxin__Rpc__V1__Comparison *
comparison_to_wire(struct arena *arena, const struct comparison *comparison)
{
    Liangxin__Rpc__V1__Comparison *out = arena_alloc(arena, sizeof *out);

    liangxin__rpc__v1__comparison__init(out);
    out->version = comparison->version;
    out->at = text_of(comparison->at);
    out->organization = text_of(comparison->organization);
    out->role = text_of(comparison->role);
    out->n_changes = comparison->n_changes < CHANGES_MOST ? comparison->n_changes : CHANGES_MOST;
    out->changes = arena_array(arena, out->n_changes, sizeof *out->changes);
    for (size_t i = 0; i < out->n_changes; i++) {
        out->changes[i] = arena_alloc(arena, sizeof **out->changes);
        liangxin__rpc__v1__change__init(out->changes[i]);
        out->changes[i]->pointer = text_of(comparison->changes[i].pointer);
        out->changes[i]->value = text_of(comparison->changes[i].value);
    }
    return out;
}

static Liangxin__Rpc__V1__Problem *
problem_to_wire(struct arena *arena, status_t st)
{
    Liangxin__Rpc__V1__Problem *problem = arena_alloc(arena, sizeof *problem);

    liangxin__rpc__v1__problem__init(problem);
    problem->slug = text_of(st->problem->slug);
    problem->pointer = text_of(st->pointer);
    problem->detail = text_of(st->detail);
    if (st->comparison)
        problem->comparison = comparison_to_wire(arena, st->comparison);
    return problem;
}

struct slice
envelope_reply_pack(struct arena *arena, const struct rpc_reply *reply)
{
    Liangxin__Rpc__V1__ReplyHeader header = LIANGXIN__RPC__V1__REPLY_HEADER__INIT;
    Liangxin__Rpc__V1__Problem *problems[PROBLEMS_MOST];

    header.request_id = bytes_of(slice_make(reply->id.bytes, ID_BYTES));
    header.retry_after_ms = reply->retry_after_ms;
    header.replayed = reply->replayed;
    header.not_begun = reply->not_begun;
    header.problems = problems;
    for (status_t st = reply->status; st && header.n_problems < PROBLEMS_MOST; st = st->next)
        problems[header.n_problems++] = problem_to_wire(arena, st);
    return codec_pack(arena, &header.base);
}

static const char *
text_or_null(const char *text)
{
    return text[0] ? text : NULL;
}

static struct comparison *
comparison_from_wire(struct arena *arena, const Liangxin__Rpc__V1__Comparison *in)
{
    struct comparison *comparison = arena_alloc(arena, sizeof *comparison);
    struct change *changes = arena_array(arena, in->n_changes, sizeof *changes);

    for (size_t i = 0; i < in->n_changes; i++)
        changes[i] = (struct change){ .pointer = in->changes[i]->pointer, .value = in->changes[i]->value };
    *comparison = (struct comparison){ .version = in->version,
                                       .at = text_or_null(in->at),
                                       .organization = text_or_null(in->organization),
                                       .role = text_or_null(in->role),
                                       .changes = changes,
                                       .n_changes = in->n_changes };
    return comparison;
}

static status_t
problem_from_wire(struct arena *arena, const Liangxin__Rpc__V1__Problem *problem)
{
    const struct problem *known = problem_find(problem->slug);
    struct status *st = arena_alloc(arena, sizeof *st);

    st->problem = known ? known : problem_of(PROBLEM_INTERNAL);
    st->pointer = text_or_null(problem->pointer);
    st->detail = text_or_null(problem->detail);
    if (problem->comparison)
        st->comparison = comparison_from_wire(arena, problem->comparison);
    return st;
}

status_t
envelope_reply_unpack(struct arena *arena, struct slice bytes, struct rpc_reply *ret_reply)
{
    Liangxin__Rpc__V1__ReplyHeader *header;
    ProtobufCMessage *message;
    status_t st = codec_unpack(arena, &liangxin__rpc__v1__reply_header__descriptor, bytes, &message);

    if (st)
        return st;
    header = (Liangxin__Rpc__V1__ReplyHeader *)message;
    if (!id_from_bytes(header->request_id.data, header->request_id.len, &ret_reply->id))
        return status_field(arena, PROBLEM_BAD_FORMAT, "request_id");
    ret_reply->retry_after_ms = header->retry_after_ms;
    ret_reply->replayed = header->replayed;
    ret_reply->not_begun = header->not_begun;
    ret_reply->status = OK;
    for (size_t i = header->n_problems; i-- > 0;)
        ret_reply->status = status_join(arena, problem_from_wire(arena, header->problems[i]), ret_reply->status);
    return OK;
}

struct slice
envelope_join(struct arena *arena, struct slice header, struct slice body)
{
    size_t size = SIZE_BYTES + header.size + body.size;
    uint8_t *frame = arena_alloc(arena, size);

    for (size_t i = 0; i < SIZE_BYTES; i++)
        frame[i] = (uint8_t)(header.size >> (8 * (SIZE_BYTES - 1 - i)));
    memcpy(frame + SIZE_BYTES, header.data, header.size);
    if (body.size)
        memcpy(frame + SIZE_BYTES + header.size, body.data, body.size);
    return slice_make((const char *)frame, size);
}

bool
envelope_split(struct slice frame, struct slice *ret_header, struct slice *ret_body)
{
    size_t size = 0;

    if (frame.size < SIZE_BYTES)
        return false;
    for (size_t i = 0; i < SIZE_BYTES; i++)
        size = size << 8 | (uint8_t)frame.data[i];
    if (size > frame.size - SIZE_BYTES)
        return false;
    *ret_header = slice_make(frame.data + SIZE_BYTES, size);
    *ret_body = slice_make(frame.data + SIZE_BYTES + size, frame.size - SIZE_BYTES - size);
    return true;
}
