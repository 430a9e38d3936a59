/* SPDX-License-Identifier: Apache-2.0 */
/* A member who has died or left has no letter and no move under way. The follower's thread and transaction. */
#include "transfers/follow_members.h"

#include "events/directory.h"
#include "rpc/audit.h"
#include "transfers/store.h"
#include "transfers/clocks/system_step.h"
#include "base/banned.h"

static status_t
void_letter(const struct system_work *work, const struct id *member, const char *note)
{
    struct letter_view view;
    status_t st = letter_lock_open(work->db, work->arena, member, &view);

    if (st)
        return status_is(st, PROBLEM_NOT_FOUND) ? OK : st;
    system_step(work, &view, EVENT_VOID, note);
    return OK;
}

static status_t
refuse_move(const struct system_work *work, const struct id *member)
{
    struct audit_work audit = { .db = work->db,
                                .arena = work->arena,
                                .process = work->process,
                                .action = work->action,
                                .request = work->request,
                                .now = work->now };
    struct inner_move *move = arena_alloc(work->arena, sizeof *move);
    status_t st = move_refuse_asked(work->db, work->arena, member, work->now, move);

    if (st)
        return status_is(st, PROBLEM_NOT_FOUND) ? OK : st;
    audit_add_work(&audit,
                   &(struct audit_entry){
                       .object = "move", .id = &move->id, .before = slice_of("asked"), .after = slice_of("refused") });
    emit_move_changed(work->db, work->arena, move, "refuse_move", work->now);
    return OK;
}

status_t
follow_member(struct follow *follow, const struct event *event, const ProtobufCMessage *fact)
{
    const Liangxin__Feed__V1__MemberRecorded *recorded = (const Liangxin__Feed__V1__MemberRecorded *)fact;
    struct system_work work = { .db = follow->db,
                                .arena = follow->arena,
                                .process = "transfers",
                                .action = "MemberRecorded",
                                .request = event->id,
                                .now = follow->now };
    status_t st = directory_apply_member(follow, event, fact);

    if (st || strcmp(recorded->status, "active") == 0)
        return st;
    st = void_letter(&work, &event->id, arena_printf(follow->arena, "党员已不在册 (%s)", recorded->status));
    return st ? st : refuse_move(&work, &event->id);
}
