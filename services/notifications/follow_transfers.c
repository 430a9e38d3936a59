/* SPDX-License-Identifier: Apache-2.0 */
/* Every step of a letter becomes messages: to whoever acts next, to the levels above that transfers names, to parties
 * who wait for the outcome; and a word to open pages. The follower's thread and transaction. */
#include <liangxin/transfers/v1/transfers_events.pb-c.h>

#include "io/clock.h"
#include "notifications/addressee.h"
#include "notifications/notifications.h"
#include "base/banned.h"

typedef Liangxin__Transfers__V1__LetterChanged LetterChanged;

#define PARTIES 4
#define TOLD    8 /* addressees of one step, at most */

static status_t
read_id(struct arena *arena, ProtobufCBinaryData bytes, struct id *ret_id)
{
    *ret_id = (struct id){ { 0 } };
    if (bytes.len == 0 || id_from_bytes(bytes.data, bytes.len, ret_id))
        return OK;
    return status_detail(arena, PROBLEM_MALFORMED, "an organization's id has %zu bytes", bytes.len);
}

/* In the order of the bits of enum letter_party; nil: there is none. */
static status_t
read_parties(struct arena *arena, const LetterChanged *changed, struct id ret_parties[PARTIES])
{
    status_t st = read_id(arena, changed->from_branch_id, &ret_parties[0]);

    if (!st)
        st = read_id(arena, changed->from_committee_id, &ret_parties[1]);
    if (!st)
        st = read_id(arena, changed->to_committee_id, &ret_parties[2]);
    return st ? st : read_id(arena, changed->to_branch_id, &ret_parties[3]);
}

/* The receiving side learns of a letter by its number; of a correction, which has none, when it has brought the member
 * back. */
static bool
is_known(const struct message *step)
{
    return step->number[0] || strcmp(step->state, "closed") == 0;
}

/* A step being told, and who has been. */
struct telling {
    struct follow *follow;
    struct message common;
    struct id told[TOLD];
    size_t n_told;
};

/* Nobody is told twice, whatever lists he stands in: the first reason counts. */
static bool
is_told(const struct telling *telling, const struct id *organization)
{
    for (size_t i = 0; i < telling->n_told; i++)
        if (id_equal(&telling->told[i], organization))
            return true;
    return telling->n_told == TOLD;
}

static void
add(struct telling *telling, enum message_purpose purpose, const struct id *organization)
{
    struct message message = telling->common;

    if (id_is_nil(organization) || is_told(telling, organization))
        return;
    message.id = clock_id();
    message.purpose = purpose;
    message.organization = *organization;
    if (purpose == MESSAGE_FOR_INFORM)
        message.role = "";
    message_tell(telling->follow->db, telling->follow->arena, &message);
    telling->told[telling->n_told++] = *organization;
}

static status_t
add_step(struct telling *telling, const LetterChanged *changed)
{
    struct id next;
    status_t st = read_id(telling->follow->arena, changed->next_organization_id, &next);

    if (!st)
        add(telling, MESSAGE_FOR_STEP, &next);
    return st;
}

static status_t
add_informed(struct telling *telling, const LetterChanged *changed, const struct id parties[PARTIES])
{
    const struct message *common = &telling->common;
    unsigned informed = addressee_informed(common->event, common->state, is_known(common));
    status_t st = OK;

    for (size_t i = 0; !st && i < changed->n_inform_organization_ids; i++) {
        struct id above;

        st = read_id(telling->follow->arena, changed->inform_organization_ids[i], &above);
        if (!st)
            add(telling, MESSAGE_FOR_INFORM, &above);
    }
    for (size_t i = 0; !st && i < PARTIES; i++)
        if (informed & 1U << i)
            add(telling, MESSAGE_FOR_INFORM, &parties[i]);
    return st;
}

static void
tell_viewers(struct follow *follow, const struct message *common, const struct id parties[PARTIES])
{
    struct id organizations[PARTIES];
    unsigned viewers = addressee_viewers(common->kind, is_known(common));
    struct stream_item item = { .kind = message_kind_code(common->kind),
                                .id = &common->subject,
                                .organizations = organizations };

    for (size_t i = 0; i < PARTIES; i++)
        if ((viewers & 1U << i) && !id_is_nil(&parties[i]))
            organizations[item.n_organizations++] = parties[i];
    stream_tell(follow->db, follow->arena, &item, follow->now);
}

status_t
message_on_letter(struct follow *follow, const struct event *event, const ProtobufCMessage *fact)
{
    const LetterChanged *changed = (const LetterChanged *)fact;
    struct id parties[PARTIES];
    struct telling telling = { .follow = follow };
    status_t st = read_parties(follow->arena, changed, parties);

    telling.common = (struct message){
        .kind = addressee_kind(changed->state),
        .role = changed->next_role,
        .subject = event->id,
        .version = event->version,
        .event = changed->event,
        .state = changed->state,
        .number = changed->number,
        .at = event->at,
    };
    if (!st)
        st = add_step(&telling, changed);
    if (!st)
        st = add_informed(&telling, changed, parties);
    if (st)
        return st;
    tell_viewers(follow, &telling.common, parties);
    return OK;
}
