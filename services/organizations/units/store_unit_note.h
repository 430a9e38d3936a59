/* SPDX-License-Identifier: Apache-2.0 */
/* What a change of the ledger of units leaves behind: the values that changed as facts of the five-clear ledger, the
 * state in the unit's life, and for a new unit the day from which its groups are looked at again. */
#ifndef LIANGXIN_ORGANIZATIONS_UNITS_STORE_UNIT_NOTE_H
#define LIANGXIN_ORGANIZATIONS_UNITS_STORE_UNIT_NOTE_H

#include "io/db.h"
#include "rpc/actor.h"

struct unit_note {
    const char *source; /* code of fact_sources */
    date_t as_of;
    const struct actor *actor;
    instant_t at;
};

/* Queued behind the change, in its transaction. Nothing is noted where nothing is otherwise. */
void units_note(struct db *db, struct arena *arena, const struct id *units, size_t count, const struct unit_note *note);

extern const struct db_statement sql_unit_facts_note;
extern const struct db_statement sql_unit_states_note;
extern const struct db_statement sql_unit_reviews_begin;

#endif
