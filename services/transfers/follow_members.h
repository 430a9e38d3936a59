/* SPDX-License-Identifier: Apache-2.0 */
/* News of members: our copy of the directory, and the end of what was under way for who is gone. */
#ifndef LIANGXIN_TRANSFERS_FOLLOW_MEMBERS_H
#define LIANGXIN_TRANSFERS_FOLLOW_MEMBERS_H

#include "events/follower.h"

/* Applies MemberRecorded: the copy, and for a member who died or left, his open letter is voided and his asked move
 * refused. */
status_t follow_member(struct follow *follow, const struct event *event, const ProtobufCMessage *fact);

#endif
