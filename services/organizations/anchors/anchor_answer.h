/* SPDX-License-Identifier: Apache-2.0 */
/* One anchor as a message (handle_anchors.c), for whoever changes it. */
#ifndef LIANGXIN_ORGANIZATIONS_ANCHORS_ANCHOR_ANSWER_H
#define LIANGXIN_ORGANIZATIONS_ANCHORS_ANCHOR_ANSWER_H

#include "organizations/anchors/store_anchor.h"

/* With its contact points and persons, as it stands now. */
status_t anchor_answer(struct call *call, const struct id *id, Anchor *out);

#endif
