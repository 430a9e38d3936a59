/* SPDX-License-Identifier: Apache-2.0 */
/* Units into the database: the ledger's facts (unit_ledger.c) and effects (unit_write.c). */
#ifndef LIANGXIN_ORGANIZATIONS_UNITS_UNIT_LEDGER_H
#define LIANGXIN_ORGANIZATIONS_UNITS_UNIT_LEDGER_H

#include "organizations/ledgers/ledger.h"
#include "organizations/units/unit_row.h"

extern const struct ledger unit_ledger;

/* Row i of a result with the columns of the ledger, by their names in sql_unit_facts. */
void unit_row_load(struct db_rows *rows, int i, struct unit_row *before);

extern const struct db_statement sql_unit_lock;
extern const struct db_statement sql_unit_facts;

/* unit_write.c */
status_t units_write(struct import_work *work, struct sheet_row **rows, size_t count);
/* News and audit of one that is gone because its import was undone. */
void unit_removed(struct import_work *work, const struct sheet_row *row);

extern const struct db_statement sql_owner_insert;
extern const struct db_statement sql_unit_upsert;

#endif
