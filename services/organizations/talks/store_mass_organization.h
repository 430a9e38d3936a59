/* SPDX-License-Identifier: Apache-2.0 */
/* Mass organizations (群团组织: 工会, 共青团, 妇联) of units in the database, dated. */
#ifndef LIANGXIN_ORGANIZATIONS_TALKS_STORE_MASS_ORGANIZATION_H
#define LIANGXIN_ORGANIZATIONS_TALKS_STORE_MASS_ORGANIZATION_H

#include "organizations/words.h"
#include "rpc/call.h"

extern const struct word mass_organization_kinds[];

struct mass_organization_facts {
    bool stands;    /* there is one now */
    struct id id;   /* of it */
    date_t since;   /* of it */
    date_t over_on; /* the last day on which the latest one ended; DATE_NONE: there was none */
};

/* Locks the unit; NOT_FOUND where the actor may not write. */
status_t
mass_organization_facts(struct call *call, const struct id *unit, int kind, struct mass_organization_facts *ret_facts);
/* Queued. */
void mass_organization_begin(struct call *call, const struct id *unit, int kind, date_t since, struct id *ret_id);
void mass_organization_end(struct call *call, const struct id *id, date_t until);
/* Latest first. */
status_t mass_organization_list(struct call *call, const struct id *unit, struct db_rows **ret_rows);

extern const struct db_statement sql_mass_organization_facts;
extern const struct db_statement sql_mass_organization_begin;
extern const struct db_statement sql_mass_organization_end;
extern const struct db_statement sql_mass_organization_list;

#endif
