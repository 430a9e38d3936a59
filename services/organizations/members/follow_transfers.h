/* SPDX-License-Identifier: Apache-2.0 */
/* What organizations does at the steps of a letter: keeps its copy of open letters, and moves the member at the one
 * event that says so. */
#ifndef LIANGXIN_ORGANIZATIONS_MEMBERS_FOLLOW_TRANSFERS_H
#define LIANGXIN_ORGANIZATIONS_MEMBERS_FOLLOW_TRANSFERS_H

#include "events/follower.h"

/* LetterChanged. A status parks the letter: the member could not move. */
status_t follow_letter(struct follow *follow, const struct event *event, const ProtobufCMessage *fact);

#endif
