/* SPDX-License-Identifier: Apache-2.0 */
/* Judgement on a new letter. Domain: pure, any thread. */
#include "transfers/letters/draft.h"

#include "base/banned.h"

enum draft_verdict
draft_may(const struct draft_facts *facts)
{
    if (!facts->active)
        return DRAFT_MEMBER_NOT_ACTIVE;
    if (facts->has_open_letter)
        return DRAFT_LETTER_OPEN;
    if (id_is_nil(&facts->sender))
        return DRAFT_SENDER_WITHOUT_POWER;
    if (facts->outside)
        return DRAFT_MAY;
    if (id_is_nil(&facts->receiver))
        return DRAFT_NO_RECEIVER;
    if (facts->receiver_dissolved)
        return DRAFT_RECEIVER_DISSOLVED;
    if (id_equal(&facts->sender, &facts->receiver))
        return DRAFT_SAME_COMMITTEE;
    if (!facts->receiver_may_issue)
        return DRAFT_RECEIVER_WITHOUT_POWER;
    return DRAFT_MAY;
}

enum again_verdict
again_may(const struct again_facts *facts)
{
    if (!facts->active)
        return AGAIN_NOT_ACTIVE;
    if (facts->has_open_letter)
        return AGAIN_LETTER_OPEN;
    if (!facts->below_committee || facts->moved_since)
        return AGAIN_MOVED_ON;
    return AGAIN_MAY;
}
