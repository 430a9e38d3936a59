/* SPDX-License-Identifier: Apache-2.0 */
/* A member dies or leaves the Party: he stays on record, with the day. On the worker's thread, in its transaction. */
#include "base/check.h"
#include "organizations/emit.h"
#include "organizations/figures/store_period.h"
#include "organizations/members/store_leave.h"
#include "organizations/members/store_member.h"
#include "organizations/words.h"
#include "rpc/audit.h"
#include "base/banned.h"

static status_t
refuse(struct call *call, enum leave_verdict verdict, const struct leaving_member *member)
{
    switch (verdict) {
    case LEAVE_NO_WAY:
        return status_field(call->arena, PROBLEM_BAD_VALUE, "/status");
    case LEAVE_GONE:
        return status_plain(PROBLEM_MEMBER_LEFT);
    case LEAVE_LETTER_OPEN:
        return status_detail(call->arena, PROBLEM_LETTER_OPEN, "letter %s",
                             member->letter[0] ? member->letter : "without a number yet");
    case LEAVE_BAD_DAY:
        return status_field(call->arena, PROBLEM_OUT_OF_RANGE, "/on");
    case LEAVE_MAY:
        break;
    }
    return OK;
}

static void
tell(struct call *call, const struct leave *leave, const struct leaving_member *member)
{
    const char *code = word_code(member_statuses, (int)leave->becomes);

    emit_member_recorded(call->db, call->arena,
                         &(struct member_news){ .id = &leave->member,
                                                .person = &member->person,
                                                .name = member->name,
                                                .standing = member->standing,
                                                .status = code,
                                                .organization = &leave->organization,
                                                .duty = member->duty,
                                                .duty_since = member->duty_since,
                                                .version = leave->version },
                         call->now);
    audit_add(call, &(struct audit_entry){ .object = "member",
                                           .id = &leave->member,
                                           .before = slice_of("active"),
                                           .after = slice_of(arena_printf(call->arena, "%s %d", code, leave->on)),
                                           .reason = leave->note });
}

status_t
handle_leave_member(struct call *call, const LeaveMemberRequest *in, Member *out)
{
    struct leave *leave = arena_alloc(call->arena, sizeof *leave);
    struct leaving_member member;
    struct db_rows *row;
    status_t st;

    *leave = (struct leave){ .member = wire_read_id(in->id),
                             .becomes = (enum member_status)in->status,
                             .note = in->note,
                             .actor = call->actor,
                             .at = call->now };
    CHECK(date_parse(slice_of(in->on), &leave->on)); /* the frame has checked the format */
    st = leaving_member_lock(call->db, call->arena, &leave->member, call_scope(call), &member);
    if (!st)
        st = call_expect_version(call, member.version);
    if (!st)
        st = refuse(call, leave_judge(&member.facts, leave->becomes, leave->on, call->today), &member);
    if (st)
        return st;
    leave->organization = member.organization;
    leave->version = member.version + 1;
    member_leave(call->db, leave);
    floating_periods_keep(call->db, call->arena, &leave->member, 1, call->today);
    tell(call, leave, &member);
    st = member_find(call, &leave->member, &row);
    return st ? st : member_to_wire(call, row, 0, out);
}
