/* SPDX-License-Identifier: Apache-2.0 */
/* Numbering goes on where paper ended: the last number that a committee used in a year before it came here. */
#include <inttypes.h>

#include "rpc/audit.h"
#include "transfers/transfers.h"
#include "base/banned.h"

static status_t
find_committee(struct call *call, const char *text, struct id *ret_id)
{
    struct organization_facts facts;
    struct branch_facts place;
    status_t st;

    *ret_id = id_of(text);
    st = branch_find(call, ret_id, ret_id, &place);
    if (!st && !place.covered)
        st = status_plain(PROBLEM_NOT_FOUND);
    if (st)
        return status_is(st, PROBLEM_NOT_FOUND) ? status_field(call->arena, PROBLEM_NOT_FOUND, "/committee_id") : st;
    st = organization_find(call, ret_id, &facts);
    if (!st && !facts.may_issue)
        st = status_field(call->arena, PROBLEM_NO_ISSUING_POWER, "/committee_id");
    return st;
}

static void
record(struct call *call, const struct id *committee, const LastNumber *in, int64_t before)
{
    struct audit_entry entry = {
        .object = "letter_counter",
        .id = committee,
        .before = slice_of(arena_printf(call->arena, "%u last %" PRId64, in->year, before)),
        .after = slice_of(arena_printf(call->arena, "%u last %u", in->year, in->last)),
    };

    audit_add(call, &entry);
}

status_t
handle_set_last_number(struct call *call, const LastNumber *in, LastNumber *out)
{
    struct id committee;
    int64_t before;
    status_t st = find_committee(call, in->committee_id, &committee);

    if (!st && (int)in->year > date_to_civil(call->today).year)
        st = status_field(call->arena, PROBLEM_OUT_OF_RANGE, "/year");
    if (!st)
        st = counter_set(call, &committee, (int)in->year, in->last, &before);
    if (st)
        return st;
    record(call, &committee, in, before);
    out->committee_id = in->committee_id;
    out->year = in->year;
    out->last = in->last;
    return OK;
}
