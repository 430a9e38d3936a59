/* SPDX-License-Identifier: Apache-2.0 */
/* Persons as a ledger that only forms write: facts (person_ledger.c) and effects (person_write.c). */
#ifndef LIANGXIN_ORGANIZATIONS_PERSONS_PERSON_LEDGER_H
#define LIANGXIN_ORGANIZATIONS_PERSONS_PERSON_LEDGER_H

#include "organizations/ledgers/ledger.h"

extern const struct ledger person_ledger;

/* person_write.c: person, history, audit. */
status_t persons_write(struct import_work *work, struct sheet_row **rows, size_t count);
/* Queued: what was done to the person in this version, and by whom. `what` carries no value. */
void person_history_add(struct db *db, const struct id *person, int64_t version, const struct actor *actor,
                        instant_t now, const char *what);

extern const struct db_statement sql_person_lock;
extern const struct db_statement sql_person_facts;
extern const struct db_statement sql_person_keep;
extern const struct db_statement sql_person_history_add;

#endif
