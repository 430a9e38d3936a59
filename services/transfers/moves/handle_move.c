/* SPDX-License-Identifier: Apache-2.0 */
/* Moves between branches of one committee: asked by a branch, confirmed or refused by the committee. */
#include "io/clock.h"
#include "rpc/audit.h"
#include "rpc/cursor.h"
#include "transfers/transfers.h"
#include "base/banned.h"

#define PAGE_DEFAULT 50

static const struct {
    enum problem_name problem;
    const char *pointer;
} refusals[] = {
    [INNER_MOVE_NOT_ACTIVE] = { PROBLEM_MEMBER_NOT_ACTIVE, "/member_id" },
    [INNER_MOVE_LETTER_OPEN] = { PROBLEM_LETTER_OPEN, "/member_id" },
    [INNER_MOVE_NO_COMMITTEE] = { PROBLEM_NO_ISSUING_POWER, "/member_id" },
    [INNER_MOVE_OTHER_COMMITTEE] = { PROBLEM_AFFILIATION_NEEDS_LETTER, "/to_branch_id" },
    [INNER_MOVE_TO_DISSOLVED] = { PROBLEM_ORGANIZATION_DISSOLVED, "/to_branch_id" },
    [INNER_MOVE_NOT_A_BRANCH] = { PROBLEM_NOT_A_BRANCH, "/to_branch_id" },
    [INNER_MOVE_SAME_BRANCH] = { PROBLEM_BAD_VALUE, "/to_branch_id" },
};

static char *
id_to_wire(struct call *call, const struct id *id)
{
    char text[ID_SIZE];

    id_format(id, text);
    return arena_text(call->arena, text);
}

static void
move_to_wire(struct call *call, const struct inner_move *move, Move *out)
{
    char at[INSTANT_SIZE];

    instant_format(move->created_at, at);
    out->id = id_to_wire(call, &move->id);
    out->version = move->version;
    out->state = (MoveState)move->state; /* both enums have the order of INNER_MOVE_STATES */
    out->member_id = id_to_wire(call, &move->member);
    out->member_name = arena_text(call->arena, move->member_name ? move->member_name : "");
    out->from_branch_id = id_to_wire(call, &move->from_branch);
    out->from_branch_name = arena_text(call->arena, move->from_branch_name ? move->from_branch_name : "");
    out->to_branch_id = id_to_wire(call, &move->to_branch);
    out->to_branch_name = arena_text(call->arena, move->to_branch_name ? move->to_branch_name : "");
    out->committee_id = id_to_wire(call, &move->committee);
    out->note = arena_text(call->arena, move->note ? move->note : "");
    out->created_at = arena_text(call->arena, at);
}

static struct slice
image_of(struct call *call, const struct inner_move *move)
{
    return slice_of(arena_printf(call->arena, "%d %s %s -> %s", (int)move->version, inner_move_state_code(move->state),
                                 id_to_wire(call, &move->from_branch), id_to_wire(call, &move->to_branch)));
}

static void
tell(struct call *call, const struct inner_move *move, struct slice before, const char *event)
{
    struct audit_entry entry = { .object = "move", .id = &move->id, .before = before, .after = image_of(call, move) };

    audit_add(call, &entry);
    emit_move_changed(call->db, call->arena, move, event, call->now);
}

static status_t
judge(struct call *call, const struct draft_facts *facts, const struct id *branch)
{
    struct branch_facts place;
    struct inner_move_target target;
    enum inner_move_verdict verdict;
    status_t st = branch_find(call, branch, &facts->sender, &place);

    if (st)
        return status_is(st, PROBLEM_NOT_FOUND) ? status_field(call->arena, PROBLEM_NOT_FOUND, "/to_branch_id") : st;
    target = (struct inner_move_target){ .branch = *branch,
                                         .takes_members = place.takes_members,
                                         .dissolved = place.dissolved,
                                         .below_committee = place.below_committee };
    verdict = inner_move_may(facts, &target);
    return verdict ? status_field(call->arena, refusals[verdict].problem, refusals[verdict].pointer) : OK;
}

status_t
handle_ask_move(struct call *call, const MoveRequest *in, Move *out)
{
    struct inner_move move = { .id = clock_id(),
                               .member = id_of(in->member_id),
                               .to_branch = id_of(in->to_branch_id),
                               .note = in->note,
                               .created_at = call->now };
    struct draft_facts facts;
    status_t st = draft_facts_lock(call, &move.member, &move.to_branch, &facts);

    if (!st)
        st = judge(call, &facts, &move.to_branch);
    if (st)
        return st;
    move.from_branch = facts.branch;
    move.committee = facts.sender;
    st = move_insert(call, &move);
    if (st)
        return st;
    tell(call, &move, (struct slice){ 0 }, "ask_move");
    move_to_wire(call, &move, out);
    return OK;
}

/* All that a move ever changes is its state. */
static status_t
expect_seen(struct call *call, const struct inner_move *move)
{
    const struct change change = { "/state", inner_move_state_code(move->state) };
    struct comparison comparison = { .version = move->version, .n_changes = 1 };

    if (!call_expect_version(call, move->version))
        return OK;
    comparison.changes = arena_copy(call->arena, &change, sizeof change);
    return status_stale(call->arena, &comparison);
}

static status_t
decide(struct call *call, const char *id_text, enum inner_move_state state, const char *event, Move *out)
{
    struct id id = id_of(id_text);
    struct inner_move move;
    struct slice before;
    bool decides;
    status_t st = move_lock(call, &id, &move, &decides);

    if (!st)
        st = expect_seen(call, &move);
    if (!st && !decides)
        st = status_plain(PROBLEM_NOT_YOUR_STEP);
    if (!st && move.state != INNER_MOVE_ASKED)
        st = status_detail(call->arena, PROBLEM_STATE_FORBIDS, "the move is %s", inner_move_state_code(move.state));
    if (st)
        return st;
    before = image_of(call, &move);
    move.state = state;
    move.version++;
    move_decide(call, &move);
    if (state == INNER_MOVE_MOVED)
        member_place(call->db, &move.member, &move.to_branch, &move.id);
    tell(call, &move, before, event);
    move_to_wire(call, &move, out);
    return OK;
}

status_t
handle_confirm_move(struct call *call, const StepRequest *in, Move *out)
{
    return decide(call, in->id, INNER_MOVE_MOVED, "confirm_move", out);
}

status_t
handle_refuse_move(struct call *call, const ReasonRequest *in, Move *out)
{
    return decide(call, in->id, INNER_MOVE_REFUSED, "refuse_move", out);
}

static const char *
filter_of(const struct call *call, const ListMovesRequest *in)
{
    return arena_printf(call->arena, "moves %s %d", call->actor->role, (int)in->state);
}

static status_t
read_position(struct call *call, const ListMovesRequest *in, struct id *ret_before)
{
    const char *key;
    status_t st;

    memset(ret_before->bytes, 0xff, ID_BYTES); /* newer than any move */
    if (!in->cursor[0])
        return OK;
    st = cursor_read(call->arena, in->cursor, filter_of(call, in), &key, 1);
    if (st)
        return st;
    return id_parse(slice_of(key), ret_before) ? OK : status_plain(PROBLEM_CURSOR_MISMATCH);
}

status_t
handle_list_moves(struct call *call, const ListMovesRequest *in, MovePage *out)
{
    int limit = in->limit ? (int)in->limit : PAGE_DEFAULT;
    struct inner_move *moves;
    struct id before;
    int count;
    status_t st = read_position(call, in, &before);

    if (!st)
        st = moves_list(call, &before, (enum inner_move_state)in->state, limit + 1, &moves, &count);
    if (st)
        return st;
    out->n_items = (size_t)(count < limit ? count : limit);
    out->items = arena_array(call->arena, out->n_items, sizeof *out->items);
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = move_new(call->arena);
        move_to_wire(call, &moves[i], out->items[i]);
    }
    if (count > limit) {
        const char *key = out->items[limit - 1]->id;

        out->next_cursor = arena_text(call->arena, cursor_write(call->arena, filter_of(call, in), &key, 1));
    }
    return OK;
}
