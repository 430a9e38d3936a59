/* SPDX-License-Identifier: Apache-2.0 */
/* The open work of a post: counted before a hand-over (hand_over.c), confirmed and kept with it. */
#ifndef LIANGXIN_ORGANIZATIONS_POSTS_HAND_OVER_H
#define LIANGXIN_ORGANIZATIONS_POSTS_HAND_OVER_H

#include "organizations/wire.h"
#include "rpc/call.h"

/* Prepare steps, before any transaction: ask every service, as whoever holds the post, for its numbers; they stand in
 * call->prepared. WORK_UNCOUNTED when one is away. A hand-over of a post that is over or outside the scope is left to
 * its handler, for it may be a repetition. */
status_t prepare_count_post_work(struct call *call, const ProtobufCMessage *message);
status_t prepare_hand_over_post(struct call *call, const ProtobufCMessage *message);

/* WORK_CHANGED, with the present numbers as detail, unless they are those of the request. */
status_t hand_over_judge(struct call *call, const HandOverPostRequest *in);
/* Queues who confirmed which numbers. */
void hand_over_keep(struct call *call, const struct id *post, const struct id *successor);

extern const struct db_statement sql_post_actor;
extern const struct db_statement sql_hand_over_insert;

#endif
