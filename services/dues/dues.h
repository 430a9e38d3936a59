/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this service share, by defining file. */
#ifndef LIANGXIN_DUES_DUES_H
#define LIANGXIN_DUES_DUES_H

#include <liangxin/dues/v1/dues.handlers.h>

#include "dues/assessment.h"
#include "dues/rate_table.h"
#include "rpc/call.h"

/* --- service.c ---------------------------------------------------------------------------------------------------- */

struct service;
extern const struct service dues_service;

/* --- store.c ------------------------------------------------------------------------------------------------------ */

/* What is known of an assessment's member and month before it is recorded. */
struct known_base {
    bool known;
    struct assessment assessment; /* where known */
};

/* The member's base of a month, with the rule that holds for it then. */
struct held_base {
    struct assessment assessment;
    int64_t version;         /* of the member's bases */
    struct rate_table table; /* not sound where the category is unknown */
};

/* Locks the bases of these members (in the order of their ids, so that two imports cannot deadlock) and tells what is
 * known of each; ret_known[i] belongs to given[i]. In a transaction. */
status_t bases_lock(struct call *call, const struct assessment *given, size_t count, struct known_base *ret_known);
/* Queues the new values, their history and the next version of each member. No member twice. */
void bases_put(struct call *call, const struct assessment *changed, size_t count);
/* The base that holds in `month` for a member within the scope; NOT_FOUND otherwise. */
status_t base_held(struct call *call, const struct id *member, month_t month, struct held_base *ret_held);

/* --- wire.c ------------------------------------------------------------------------------------------------------- */

/* The records as assessments in the call's arena, each member once. BAD_VALUE names an id that is none, or a record
 * that contradicts an earlier one. */
status_t assessments_from_wire(struct call *call, const RecordBasesRequest *in, struct assessment **ret_given,
                               size_t *ret_count);
/* With the month's dues where the rule leaves nothing to decide. */
void base_to_wire(struct arena *arena, const struct held_base *held, Base *out);

#endif
