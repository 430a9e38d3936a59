/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of an organization's end. Commands within their transaction, on the worker's thread. */
#ifndef LIANGXIN_ORGANIZATIONS_LIFE_STORE_ENDING_H
#define LIANGXIN_ORGANIZATIONS_LIFE_STORE_ENDING_H

#include "organizations/life/ending.h"
#include "rpc/call.h"

/* Takes the lock of the line, then the row for itself, so that nobody places anything there meanwhile (place_hold). To
 * be queued before the facts are read. */
void ending_lock(struct call *call, const struct id *organization);
/* `merges`: the day also follows that of its units' present coverage. NOT_FOUND outside the scope. */
status_t ending_facts_read(struct call *call, const struct id *organization, struct ending_facts *ret_facts);
status_t successor_facts_read(struct call *call, const struct id *organization, const struct id *successor,
                              struct successor_facts *ret_facts);

/* Queued: day and successor on the row (its version is related_tell's), the ends of relations, power, secretary's post
 * and period. */
void ending_write(struct call *call, const struct id *organization, const struct id *successor, date_t on,
                  const char *basis);
/* Posts of accounts there end today, with their sessions and units; each has its audit row. */
status_t ending_posts(struct call *call, const struct id *organization);
/* Units covered by one are covered by another from a day on, in the form they were; each has its audit row. */
status_t coverage_pass(struct call *call, const struct id *from, const struct id *to, date_t on);

extern const struct db_statement sql_ending_lock;
extern const struct db_statement sql_ending_facts;
extern const struct db_statement sql_successor_facts;
extern const struct db_statement sql_ending_organization;
extern const struct db_statement sql_ending_relations;
extern const struct db_statement sql_ending_power;
extern const struct db_statement sql_ending_secretary;
extern const struct db_statement sql_ending_period;
extern const struct db_statement sql_ending_posts;
extern const struct db_statement sql_ending_sessions;
extern const struct db_statement sql_ending_post_units;
extern const struct db_statement sql_coverage_pass;

#endif
