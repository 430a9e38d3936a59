/* SPDX-License-Identifier: Apache-2.0 */
/* Steps of letters. Runs on the follower's thread, in the transaction that moves the cursor; judges before it queues,
 * so that a parked letter leaves nothing behind. */
#include "organizations/members/follow_transfers.h"

#include <liangxin/transfers/v1/transfers_events.pb-c.h>

#include "organizations/emit.h"
#include "organizations/figures/store_period.h"
#include "organizations/members/store_leave.h"
#include "organizations/members/store_move.h"
#include "organizations/words.h"
#include "rpc/audit.h"
#include "base/banned.h"

typedef Liangxin__Transfers__V1__LetterChanged LetterChanged;

static status_t
refuse(struct arena *arena, enum move_verdict verdict)
{
    if (verdict == MOVE_ELSEWHERE)
        return status_detail(arena, PROBLEM_AFFILIATION_NEEDS_LETTER, "the member is not in the sending branch");
    if (verdict == MOVE_GONE)
        return status_detail(arena, PROBLEM_MEMBER_LEFT, "the member has left");
    if (verdict == MOVE_TO_DISSOLVED)
        return status_detail(arena, PROBLEM_ORGANIZATION_DISSOLVED, "the receiving branch is dissolved");
    return status_detail(arena, PROBLEM_NOT_A_BRANCH, "the receiving organization takes no members");
}

static void
audit_move(struct follow *follow, const struct move *move, struct slice after)
{
    struct audit_work work = { .db = follow->db,
                               .arena = follow->arena,
                               .process = "transfers",
                               .action = "LetterChanged",
                               .request = move->letter,
                               .now = follow->now };

    audit_add_work(&work, &(struct audit_entry){ .object = "member",
                                                 .id = &move->member,
                                                 .before = slice_make(move->from.bytes, ID_BYTES),
                                                 .after = after,
                                                 .reason = "letter" });
}

static status_t
move_member(struct follow *follow, const struct move *move)
{
    struct moving_member member;
    enum move_verdict verdict;
    status_t st = moving_member_lock(follow->db, follow->arena, move, instant_date(follow->now), &member);

    if (st)
        return st;
    verdict = move_judge(move, &member.facts);
    if (verdict != MOVE_MAY)
        return verdict == MOVE_DONE ? OK : refuse(follow->arena, verdict);
    member_move(follow->db, move, follow->now);
    emit_member_recorded(follow->db, follow->arena,
                         &(struct member_news){ .id = &move->member,
                                                .person = &member.person,
                                                .name = member.name,
                                                .standing = member.standing,
                                                .organization = &move->to,
                                                .duty_since = member.duty_since,
                                                .moved_by = &move->letter,
                                                .version = member.version + 1 },
                         follow->now);
    audit_move(follow, move, slice_make(move->to.bytes, ID_BYTES));
    return OK;
}

static void
tell_left(struct follow *follow, const struct leave *leave, const struct leaving_member *member)
{
    emit_member_recorded(follow->db, follow->arena,
                         &(struct member_news){ .id = &leave->member,
                                                .person = &member->person,
                                                .name = member->name,
                                                .standing = member->standing,
                                                .status = word_code(member_statuses, MEMBER_MOVED_OUT),
                                                .organization = &leave->organization,
                                                .moved_by = leave->letter,
                                                .version = leave->version },
                         follow->now);
}

/* 转出市外: he stays on record, with the day of the receipt. */
static status_t
leave_city(struct follow *follow, const struct move *move, const LetterChanged *letter)
{
    struct leave *leave = arena_alloc(follow->arena, sizeof *leave);
    struct leaving_member member;
    enum move_verdict verdict;
    status_t st = leaving_member_lock(follow->db, follow->arena, &move->member, NULL, &member);

    if (st)
        return st;
    *leave = (struct leave){ .member = move->member,
                             .organization = member.organization,
                             .version = member.version + 1,
                             .becomes = MEMBER_MOVED_OUT,
                             .note = letter->number,
                             .letter = &move->letter,
                             .at = follow->now };
    if (!date_parse(slice_of(letter->left_on), &leave->on))
        return status_plain(PROBLEM_MALFORMED);
    verdict = move_judge_out(move, &member.organization, member.facts.status);
    if (verdict != MOVE_MAY)
        return verdict == MOVE_DONE ? OK : refuse(follow->arena, verdict);
    member_leave(follow->db, leave);
    floating_periods_keep(follow->db, follow->arena, &leave->member, 1, instant_date(follow->now));
    tell_left(follow, leave, &member);
    audit_move(follow, move, slice_of("moved_out"));
    return OK;
}

static bool
read_id(ProtobufCBinaryData bytes, struct id *ret_id)
{
    return id_from_bytes(bytes.data, bytes.len, ret_id);
}

status_t
follow_letter(struct follow *follow, const struct event *event, const ProtobufCMessage *fact)
{
    const LetterChanged *letter = (const LetterChanged *)fact;
    struct move *move = arena_alloc(follow->arena, sizeof *move);
    struct id to = { { 0 } };
    status_t st = OK;

    (void)event;
    if (!read_id(letter->letter_id, &move->letter) || !read_id(letter->member_id, &move->member))
        return status_plain(PROBLEM_MALFORMED);
    if ((letter->moves || letter->left_on[0]) && !read_id(letter->from_branch_id, &move->from))
        return status_plain(PROBLEM_MALFORMED);
    if (letter->moves && !read_id(letter->to_branch_id, &move->to))
        return status_plain(PROBLEM_MALFORMED);
    if (!read_id(letter->to_branch_id, &to))
        (void)read_id(letter->to_committee_id, &to);
    if (letter->moves)
        st = move_member(follow, move);
    else if (letter->left_on[0])
        st = leave_city(follow, move, letter);
    if (st)
        return st;
    if (letter->open && !letter->moves)
        open_letter_put(follow->db, &move->letter, &move->member, letter->number, id_is_nil(&to) ? NULL : &to);
    else
        open_letter_remove(follow->db, &move->letter);
    return OK;
}
