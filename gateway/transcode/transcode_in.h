/* SPDX-License-Identifier: Apache-2.0 */
/* A request becomes a message, driven by the descriptor. Rules, once:
 *
 *   names as in the .proto (snake_case); unknown names refused with their pointer; duplicate keys refused
 *   integers as JSON integers, 64-bit within ±(2^53-1); no floating point; enums by code; bytes in base64
 *   absent is absent: null is refused; a one-member oneof is an optional field
 *   text is clean (base/text.h); nesting to 16; an empty body is {}
 *
 * The first fault of shape ends it; codec_check then reports all faults of content. Pure but for the arena. */
#ifndef LIANGXIN_GATEWAY_TRANSCODE_IN_H
#define LIANGXIN_GATEWAY_TRANSCODE_IN_H

#include "gateway/http/request.h"
#include "gateway/transcode/router.h"

#define TRANSCODE_DEPTH 16

/* Once per process: jansson takes its memory from the arena of the request. */
void transcode_init(void);

/* `body` into `message`; fields that the route's path binds may not be named. Strings are views of arena memory. */
status_t
transcode_json(struct arena *arena, struct slice body, const struct router_entry *entry, ProtobufCMessage *message);
/* The values of the path into their fields. */
status_t transcode_path(struct arena *arena, const struct router_match *match, ProtobufCMessage *message);
/* The query into fields; repeated fields take "a,b" and repetition. */
status_t
transcode_query(struct arena *arena, struct slice query, const struct router_entry *entry, ProtobufCMessage *message);
/* All of a request, by the route: path, then query or JSON or the raw body, then the field rules. */
status_t transcode_request(struct arena *arena, const struct request *request, const struct router_match *match,
                           ProtobufCMessage **ret_message);

#endif
