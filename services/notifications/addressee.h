/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: who is told of a letter's step besides whoever acts next and the levels that transfers names. Pure. */
#ifndef LIANGXIN_NOTIFICATIONS_ADDRESSEE_H
#define LIANGXIN_NOTIFICATIONS_ADDRESSEE_H

#include <stdbool.h>
#include <stddef.h>

#include "notifications/title.h"

/* Parties of a letter, as bits. */
enum letter_party {
    PARTY_FROM_BRANCH = 1 << 0,
    PARTY_FROM_COMMITTEE = 1 << 1,
    PARTY_TO_COMMITTEE = 1 << 2,
    PARTY_TO_BRANCH = 1 << 3,
};

/* MOVE when `state` is one of a move inside a committee, else LETTER. */
enum message_kind addressee_kind(const char *state);
/* Parties that are told of the step, though none of them acts next. A letter before its issue has no number: then the
 * receiving side knows nothing of it. */
unsigned addressee_informed(const char *event, const char *state, bool issued);
/* Parties that may look at the letter, whose open pages are told that it changed. */
unsigned addressee_viewers(enum message_kind kind, bool issued);

#endif
