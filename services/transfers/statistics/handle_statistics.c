/* SPDX-License-Identifier: Apache-2.0 */
/* A month of one organization and those below it. */
#include "base/check.h"
#include "transfers/transfers.h"
#include "base/banned.h"

#define DAY_US  INT64_C(86400000000)
#define EAST_US INT64_C(28800000000) /* Asia/Shanghai is ahead of UTC */

static instant_t
begin_of(month_t month)
{
    return (int64_t)month_first_day(month) * DAY_US - EAST_US;
}

status_t
handle_get_statistics(struct call *call, const StatisticsRequest *in, Statistics *out)
{
    struct id organization = in->organization_id[0] ? id_of(in->organization_id) : *call_scope(call);
    char id[ID_SIZE];
    month_t month;

    CHECK(month_parse(slice_of(in->month), &month)); /* the frame has checked the format */
    id_format(&organization, id);
    out->organization_id = arena_text(call->arena, id);
    out->month = in->month;
    return statistics_read(call, &organization, begin_of(month), begin_of(month + 1), out);
}
