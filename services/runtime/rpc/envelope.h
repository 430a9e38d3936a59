/* SPDX-License-Identifier: Apache-2.0 */
/* The two headers before a body (rpc/v1/rpc.proto), read and written for both sides of a call.
 *
 * Header and body travel in one frame: size of the header (4 bytes, most significant first), header, body. A frame of
 * its own for each would cost twice: CURVE seals frame by frame, and that is most of what a small call costs. */
#ifndef LIANGXIN_RPC_ENVELOPE_H
#define LIANGXIN_RPC_ENVELOPE_H

#include "base/id.h"
#include "base/slice.h"
#include "base/status.h"
#include "rpc/method.h"

#define RPC_BODY_LIMIT ((size_t)1024 * 1024) /* bytes */

struct rpc_request {
    struct id id; /* random; the answer carries it back */
    const char *method;
    uint32_t budget_ms;
    uint32_t attempt;
    struct slice actor;          /* signed token; empty between services */
    const char *idempotency_key; /* "" when there is none */
    bool has_version;
    int64_t version; /* If-Match */
    const char *trace;
};

struct rpc_reply {
    struct id id;
    status_t status;         /* OK or what the service answered */
    uint32_t retry_after_ms; /* 0: not said */
    bool replayed;
    bool not_begun; /* the instance is stopping: the call may go to another one, whatever it does */
};

struct slice envelope_request_pack(struct arena *arena, const struct rpc_request *request);
status_t envelope_request_unpack(struct arena *arena, struct slice bytes, struct rpc_request *ret_request);
struct slice envelope_reply_pack(struct arena *arena, const struct rpc_reply *reply);
/* A slug we do not know becomes INTERNAL. */
status_t envelope_reply_unpack(struct arena *arena, struct slice bytes, struct rpc_reply *ret_reply);

/* The frame of a packed header and a body, copied into `arena`. */
struct slice envelope_join(struct arena *arena, struct slice header, struct slice body);
/* The parts of a frame, which they point into. False when it is too short for what it says. */
bool envelope_split(struct slice frame, struct slice *ret_header, struct slice *ret_body);

#endif
