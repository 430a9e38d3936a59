/* SPDX-License-Identifier: Apache-2.0 */
/* The table of who is told. Pure. */
#include "notifications/addressee.h"

#include <string.h>

#include "base/banned.h"

#define RECEIVING_SIDE (PARTY_TO_COMMITTEE | PARTY_TO_BRANCH)

/* The first row that fits counts; NULL fits everything. What is not here tells nobody more: messages are few. */
static const struct {
    const char *event;
    const char *state;
    unsigned parties;
} informed[] = {
    { "remind", "issued", PARTY_FROM_COMMITTEE },
    { "lapse", NULL, PARTY_FROM_BRANCH },
    { "refuse", "refused_out", PARTY_FROM_BRANCH },
    { "assign", "accepted", PARTY_FROM_BRANCH },
    { "record_receipt", "closed", PARTY_FROM_BRANCH },
    { "approve", "closed", PARTY_FROM_BRANCH | PARTY_FROM_COMMITTEE | RECEIVING_SIDE },
    { NULL, "voided", PARTY_FROM_BRANCH | PARTY_TO_COMMITTEE },
    { NULL, "moved", PARTY_FROM_BRANCH | PARTY_TO_BRANCH },
    { NULL, "refused", PARTY_FROM_BRANCH },
};

static const char *const move_states[] = { "asked", "moved", "refused" };

enum message_kind
addressee_kind(const char *state)
{
    for (size_t i = 0; i < sizeof move_states / sizeof *move_states; i++)
        if (strcmp(move_states[i], state) == 0)
            return MESSAGE_MOVE;
    return MESSAGE_LETTER;
}

static bool
fits(const char *wanted, const char *given)
{
    return !wanted || strcmp(wanted, given) == 0;
}

unsigned
addressee_informed(const char *event, const char *state, bool issued)
{
    unsigned known = addressee_viewers(addressee_kind(state), issued);

    for (size_t i = 0; i < sizeof informed / sizeof *informed; i++)
        if (fits(informed[i].event, event) && fits(informed[i].state, state))
            return informed[i].parties & known;
    return 0;
}

unsigned
addressee_viewers(enum message_kind kind, bool issued)
{
    unsigned sending = PARTY_FROM_BRANCH | PARTY_FROM_COMMITTEE;

    return kind == MESSAGE_MOVE || issued ? sending | RECEIVING_SIDE : sending;
}
