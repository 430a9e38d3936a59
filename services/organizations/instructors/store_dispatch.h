/* SPDX-License-Identifier: Apache-2.0 */
/* Dispatches (下派) in the database: person, unit and days in person_post, the rest in dispatch. */
#ifndef LIANGXIN_ORGANIZATIONS_INSTRUCTORS_STORE_DISPATCH_H
#define LIANGXIN_ORGANIZATIONS_INSTRUCTORS_STORE_DISPATCH_H

#include "organizations/instructors/instructor.h"
#include "organizations/instructors/store_instructor.h"

/* Which dispatches a list is of; texts of the request, "" for none. */
struct dispatch_filter {
    const char *instructor;
    const char *unit;
    bool over; /* those that are over too */
};

/* By id. A post that is narrowed finds its own person's. */
status_t dispatch_list(struct call *call, const struct dispatch_filter *filter, const struct page *page,
                       struct db_rows **ret_rows);
/* What stands in the way of this one. */
status_t dispatch_facts(struct call *call, const struct instructor *instructor, const struct id *unit, date_t since,
                        struct dispatch_facts *ret_facts);
/* Those that last, locked: columns id, unit_id, since. `unit` NULL: all. */
status_t
dispatch_open(struct call *call, const struct id *instructor, const struct id *unit, struct db_rows **ret_rows);

/* A dispatch to begin. */
struct dispatch {
    struct id id;
    struct id unit;
    date_t since;
    const char *basis;  /* NULL: none */
    int64_t visit_days; /* 0: as for all */
};

/* Queued. */
void dispatch_begin(struct call *call, const struct instructor *instructor, const struct dispatch *dispatch);
void dispatch_end(struct call *call, const struct id *dispatch, date_t until);
void dispatch_plan(struct call *call, const struct id *dispatch, int64_t visit_days);

extern const struct db_statement sql_dispatch_list;
extern const struct db_statement sql_dispatch_own;
extern const struct db_statement sql_dispatch_of_instructor;
extern const struct db_statement sql_dispatch_of_unit;
extern const struct db_statement sql_dispatch_facts;
extern const struct db_statement sql_dispatch_open;
extern const struct db_statement sql_dispatch_begin;
extern const struct db_statement sql_dispatch_end;
extern const struct db_statement sql_dispatch_plan;

#endif
