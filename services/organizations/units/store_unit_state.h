/* SPDX-License-Identifier: Apache-2.0 */
/* States of units in the database: recorded with their day, and the periods that totals are made of. */
#ifndef LIANGXIN_ORGANIZATIONS_UNITS_STORE_UNIT_STATE_H
#define LIANGXIN_ORGANIZATIONS_UNITS_STORE_UNIT_STATE_H

#include "organizations/units/unit_state.h"
#include "rpc/call.h"

struct living_unit {
    struct id id;
    const char *code;
    const char *state; /* now */
    int64_t version;
    struct unit_state_facts facts;
};

struct unit_state {
    int state;
    date_t since;
    const struct id *main; /* NULL: none */
    const char *reason;    /* NULL: none */
};

/* Locks the unit; NOT_FOUND where the actor may not write. `main` NULL: none is named. */
status_t
living_unit_lock(struct call *call, const struct id *unit, const struct id *main, struct living_unit *ret_unit);
/* Queued: the row, and which unit this one is counted with. The ledger's own row is the caller's. */
void unit_state_add(struct call *call, const struct id *unit, const struct unit_state *state);
/* Queued behind the change of the ledger's row: totals of the days from `since` on follow the unit's present state. */
void unit_state_since(struct call *call, const struct id *unit, date_t since);
/* Queued: one more version of the unit. */
void unit_touch(struct call *call, const struct id *unit);
/* What was said of a unit, latest first. */
status_t unit_state_list(struct call *call, const struct id *unit, struct db_rows **ret_rows);

extern const struct db_statement sql_living_unit_lock;
extern const struct db_statement sql_unit_state_insert;
extern const struct db_statement sql_unit_main_set;
extern const struct db_statement sql_unit_periods_cut;
extern const struct db_statement sql_unit_periods_end;
extern const struct db_statement sql_unit_periods_state;
extern const struct db_statement sql_unit_touch;
extern const struct db_statement sql_unit_state_list;

#endif
