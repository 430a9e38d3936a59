/* SPDX-License-Identifier: Apache-2.0 */
/* The members of a month: who was there, came, went, is there. On the worker's thread, without a transaction. */
#include "base/check.h"
#include "organizations/figures/member_table.h"
#include "rpc/call.h"
#include "base/banned.h"

status_t
handle_tabulate_members(struct call *call, const TabulateMembersRequest *in, MemberTable *out)
{
    struct id id = wire_read_id(in->id);
    char day[DATE_SIZE];
    char text[MONTH_SIZE];
    month_t month;
    date_t last;

    month = month_of(call->today);
    if (in->month[0])
        CHECK(month_parse(slice_of(in->month), &month)); /* the frame has checked the format */
    if (month > month_of(call->today))
        return status_field(call->arena, PROBLEM_OUT_OF_RANGE, "/month");
    last = month_first_day(month + 1) - 1;
    if (last > call->today)
        last = call->today;
    date_format(last, day);
    out->organization_id = in->id;
    month_format(month, text);
    out->month = arena_text(call->arena, text);
    out->through = arena_text(call->arena, day);
    return member_table_read(call, &id, month_first_day(month), last, out);
}
