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

/* --- store.c ------------------------------------------------------------------------------------------------------ */

/* One member's year: the rule that held on its first day and the hours recorded in it. */
struct year_of_member {
    struct obligation obligation;
    const struct hour_record *records;
    size_t n_records;
};

/* In the call's arena. NOT_FOUND for a member outside the scope. */
status_t year_of_member_read(struct call *call, const struct id *member, enum trainee_kind kind, date_t first,
                             date_t last, struct year_of_member *ret_year);

#endif
