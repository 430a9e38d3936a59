/* SPDX-License-Identifier: Apache-2.0 */
/* A letter is drafted (草稿) for a member of the actor's branch. Facts come from our copy of the directory. */
#include "base/check.h"
#include "io/clock.h"
#include "rpc/audit.h"
#include "transfers/transfers.h"
#include "base/banned.h"

static const struct {
    enum problem_name problem;
    const char *pointer; /* of the field that is in the way */
} refusals[] = {
    [DRAFT_MEMBER_NOT_ACTIVE] = { PROBLEM_MEMBER_NOT_ACTIVE, "/member_id" },
    [DRAFT_LETTER_OPEN] = { PROBLEM_LETTER_OPEN, "/member_id" },
    [DRAFT_SENDER_WITHOUT_POWER] = { PROBLEM_NO_ISSUING_POWER, "/member_id" },
    [DRAFT_NO_RECEIVER] = { PROBLEM_NOT_FOUND, "/to_committee_id" },
    [DRAFT_RECEIVER_DISSOLVED] = { PROBLEM_ORGANIZATION_DISSOLVED, "/to_committee_id" },
    [DRAFT_RECEIVER_WITHOUT_POWER] = { PROBLEM_NO_ISSUING_POWER, "/to_committee_id" },
    [DRAFT_SAME_COMMITTEE] = { PROBLEM_SAME_COMMITTEE, "/to_committee_id" },
};

struct letter
draft_letter(const struct call *call, const struct draft_facts *facts, const struct id *member, const char *reason)
{
    return (struct letter){ .id = clock_id(),
                            .version = 1,
                            .state = LETTER_DRAFT,
                            .state_since = call->now,
                            .member = *member,
                            .person = facts->person,
                            .reason = reason,
                            .from_branch = facts->branch,
                            .from_committee = facts->sender,
                            .to_committee = facts->receiver,
                            .dues_paid_to = LETTER_MONTH_NONE,
                            .issued_on = DATE_NONE,
                            .valid_to = DATE_NONE,
                            .created_at = call->now };
}

status_t
draft_judge(struct call *call, const struct id *member, const struct id *receiver, struct draft_facts *ret_facts)
{
    enum draft_verdict verdict;
    status_t st = draft_facts_lock(call, member, receiver, ret_facts);

    if (st)
        return st;
    verdict = draft_may(ret_facts);
    return verdict ? status_field(call->arena, refusals[verdict].problem, refusals[verdict].pointer) : OK;
}

/* One letter. What is refused leaves nothing behind, so that the next member of a batch can follow. */
static status_t
draft(struct call *call, const char *member_id, const char *committee_id, const char *reason, const char *note,
      struct letter_view *ret_view)
{
    struct id member = id_of(member_id);
    struct id receiver = id_of(committee_id);
    struct letter_deed deed = { .name = "draft", .note = note, .actor = call->actor, .at = call->now };
    struct draft_facts facts;
    struct letter letter;
    status_t st = draft_judge(call, &member, &receiver, &facts);

    if (st)
        return st;
    letter = draft_letter(call, &facts, &member, reason);
    return letter_create(call, &letter, &deed, ret_view);
}

status_t
handle_draft(struct call *call, const DraftRequest *in, Letter *out)
{
    struct letter_view view;
    status_t st = draft(call, in->member_id, in->to_committee_id, reason_of_wire(in->reason), in->note, &view);

    if (st)
        return st;
    letter_to_wire(call, &view, out);
    return OK;
}

/* Is this one member's refusal, or the whole call's failure? */
static bool
is_refusal(status_t st)
{
    if (status_is(st, PROBLEM_NOT_FOUND))
        return true;
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        if (status_is(st, refusals[i].problem))
            return true;
    return false;
}

static status_t
draft_member(struct call *call, const DraftBatchRequest *in, const char *member_id, BatchResult *out)
{
    struct letter_view view;
    char id[ID_SIZE];
    status_t st = draft(call, member_id, in->to_committee_id, reason_of_wire(in->reason), in->note, &view);

    out->member_id = arena_text(call->arena, member_id);
    if (!st) {
        id_format(&view.letter.id, id);
        out->letter_id = arena_text(call->arena, id);
        out->version = view.letter.version;
        return OK;
    }
    if (!is_refusal(st) || db_violated(call->db, "letter_one_open"))
        return st; /* a violation has ended the transaction for all */
    out->code = arena_text(call->arena, st->problem->slug);
    return OK;
}

/* Nobody was drafted: that this was asked is recorded all the same. */
static void
record_nothing(struct call *call, const struct id *receiver)
{
    struct audit_entry entry = { .object = "letter_batch", .id = receiver, .after = slice_of("nobody drafted") };

    audit_add(call, &entry);
}

/* All in one transaction: asked again with the same key, the same letters are told. */
status_t
handle_draft_batch(struct call *call, const DraftBatchRequest *in, BatchResults *out)
{
    struct id receiver = id_of(in->to_committee_id);

    out->n_items = in->n_member_ids;
    out->items = arena_array(call->arena, out->n_items, sizeof *out->items);
    for (size_t i = 0; i < in->n_member_ids; i++) {
        status_t st;

        out->items[i] = batch_result_new(call->arena);
        st = draft_member(call, in, in->member_ids[i], out->items[i]);
        if (st)
            return st;
        out->drafted += out->items[i]->letter_id[0] != '\0';
    }
    if (!out->drafted)
        record_nothing(call, &receiver);
    return OK;
}
