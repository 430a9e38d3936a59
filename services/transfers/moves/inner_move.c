/* SPDX-License-Identifier: Apache-2.0 */
/* Judgement on moves inside one committee. Domain: pure, any thread. */
#include "transfers/moves/inner_move.h"

#include "base/banned.h"

static const char *const codes[] = {
#define X(name, code, chinese) [INNER_MOVE_##name] = code,
    INNER_MOVE_STATES(X)
#undef X
};

enum inner_move_verdict
inner_move_may(const struct draft_facts *member, const struct inner_move_target *target)
{
    if (!member->active)
        return INNER_MOVE_NOT_ACTIVE;
    if (member->has_open_letter)
        return INNER_MOVE_LETTER_OPEN;
    if (id_is_nil(&member->sender))
        return INNER_MOVE_NO_COMMITTEE;
    if (!target->below_committee)
        return INNER_MOVE_OTHER_COMMITTEE;
    if (target->dissolved)
        return INNER_MOVE_TO_DISSOLVED;
    if (!target->takes_members)
        return INNER_MOVE_NOT_A_BRANCH;
    if (id_equal(&target->branch, &member->branch))
        return INNER_MOVE_SAME_BRANCH;
    return INNER_MOVE_MAY;
}

const char *
inner_move_state_code(enum inner_move_state state)
{
    return codes[state];
}

enum inner_move_state
inner_move_state_parse(const char *code)
{
    for (size_t i = INNER_MOVE_NONE + 1; code && i < sizeof codes / sizeof *codes; i++)
        if (strcmp(codes[i], code) == 0)
            return (enum inner_move_state)i;
    return INNER_MOVE_NONE;
}
