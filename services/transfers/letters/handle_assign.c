/* SPDX-License-Identifier: Apache-2.0 */
/* The receiving committee assigns the member to a branch (编入支部): here, and nowhere else, he changes organization.
 */
#include "transfers/transfers.h"
#include "base/banned.h"

static status_t
find_branch(struct call *call, const char *branch_id, const struct id *committee, struct branch_facts *ret_branch)
{
    struct id id = id_of(branch_id);
    status_t st = branch_find(call, &id, committee, ret_branch);

    if (st)
        return status_is(st, PROBLEM_NOT_FOUND) ? status_field(call->arena, PROBLEM_NOT_FOUND, "/branch_id") : st;
    if (!ret_branch->below_committee)
        return status_field(call->arena, PROBLEM_NOT_THE_RECEIVER, "/branch_id");
    if (ret_branch->dissolved)
        return status_field(call->arena, PROBLEM_ORGANIZATION_DISSOLVED, "/branch_id");
    if (!ret_branch->takes_members)
        return status_field(call->arena, PROBLEM_NOT_A_BRANCH, "/branch_id");
    return OK;
}

status_t
handle_assign(struct call *call, const AssignRequest *in, Letter *out)
{
    struct step step = { .event = EVENT_ASSIGN, .note = in->note };
    struct letter_view *view = &step.view;
    struct branch_facts branch;
    status_t st = step_begin(call, in->id, &step);

    if (!st)
        st = find_branch(call, in->branch_id, &view->letter.to_committee, &branch);
    if (st)
        return st;
    view->letter.to_branch = branch.id;
    view->names.to_branch = branch.name;
    view->coverage.to_branch = branch.covered;
    letter_add_party(call->db, &view->letter.id, &branch.id);
    member_place(call->db, &view->letter.member, &branch.id,
                 &view->letter.id); /* no second letter starts from the old branch */
    step_take(call, &step);
    letter_to_wire(call, view, out);
    return OK;
}
