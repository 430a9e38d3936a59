/* SPDX-License-Identifier: Apache-2.0 */
/* Members as organizations tells of them, and since when they have a duty (书记, 班子成员). The follower's thread and
 * transaction. */
#include "events/directory.h"
#include "training/training.h"
#include "base/banned.h"

#define EVER "0001-01-01" /* told with the first load */

/* What began on the same day is replaced. */
const struct db_statement sql_duty_end = {
    "duty_end",
    "UPDATE duty_period SET until = greatest(since, $3::date)"
    " WHERE member_id = $1 AND until IS NULL AND kind IS DISTINCT FROM $2::text AND (since < $3::date OR $2 IS NULL)",
};

const struct db_statement sql_duty_begin = {
    "duty_begin",
    "INSERT INTO duty_period (member_id, kind, since)"
    " SELECT $1::uuid, $2::text, $3::date"
    "  WHERE NOT EXISTS (SELECT FROM duty_period WHERE member_id = $1 AND until IS NULL AND kind = $2)"
    " ON CONFLICT (member_id, since) DO UPDATE SET kind = excluded.kind, until = NULL",
};

status_t
follow_member(struct follow *follow, const struct event *event, const ProtobufCMessage *fact)
{
    const Liangxin__Feed__V1__MemberRecorded *recorded = (const Liangxin__Feed__V1__MemberRecorded *)fact;
    struct db_args args = { 0 };
    status_t st = directory_apply_member(follow, event, fact);

    if (st)
        return st;
    db_arg_id(&args, &event->id);
    db_arg_text(&args, recorded->duty[0] ? recorded->duty : NULL);
    db_arg_text(&args, recorded->duty_since[0] ? recorded->duty_since : EVER);
    db_queue(follow->db, &sql_duty_end, &args);
    if (recorded->duty[0])
        db_queue(follow->db, &sql_duty_begin, &args);
    return OK;
}
