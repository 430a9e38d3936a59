/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this service share, by defining file. */
#ifndef LIANGXIN_TRAINING_TRAINING_H
#define LIANGXIN_TRAINING_TRAINING_H

#include "base/id.h"
#include "rpc/call.h"
#include "training/obligation.h"

/* --- service.c ---------------------------------------------------------------------------------------------------- */

struct service;
extern const struct service training_service;

/* --- follow_members.c --------------------------------------------------------------------------------------------- */

struct event;
struct follow;
/* The directory's row, and since when the member has his duty. */
status_t follow_member(struct follow *follow, const struct event *event, const ProtobufCMessage *fact);

extern const struct db_statement sql_duty_end;
extern const struct db_statement sql_duty_begin;

/* --- store.c ------------------------------------------------------------------------------------------------------ */

/* One member's year: what he had to be in it, the rules that held on its first day, and the hours recorded in it. */
struct year_of_member {
    enum trainee_kind kind; /* today, or on the last day of a year that is over */
    struct obligation obligation;
    const struct hour_record *records;
    size_t n_records;
};

/* In the call's arena; the kind is that of today, in a year that is over of its last day. NOT_FOUND for a member
 * outside the scope. */
status_t year_of_member_read(struct call *call, const struct id *member, date_t first, date_t last,
                             struct year_of_member *ret_year);

#endif
