/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger of instructors into the database: facts (dispatch_ledger.c) and effects (dispatch_write.c). */
#ifndef LIANGXIN_ORGANIZATIONS_INSTRUCTORS_DISPATCH_LEDGER_H
#define LIANGXIN_ORGANIZATIONS_INSTRUCTORS_DISPATCH_LEDGER_H

#include "organizations/ledgers/ledger.h"
#include "organizations/instructors/dispatch_row.h"

extern const struct ledger dispatch_ledger;

/* dispatch_write.c: persons and instructors that are new, dispatches, history, audit. */
status_t dispatches_write(struct import_work *work, struct sheet_row **rows, size_t count);
/* Audit of one that is gone because its import was undone. */
void dispatch_removed(struct import_work *work, const struct sheet_row *row);

extern const struct db_statement sql_dispatch_row_lock;
extern const struct db_statement sql_dispatch_register_lock;
extern const struct db_statement sql_dispatch_row_facts;
extern const struct db_statement sql_dispatch_people_insert;
extern const struct db_statement sql_dispatch_instructors_insert;
extern const struct db_statement sql_dispatch_posts_keep;
extern const struct db_statement sql_dispatch_rows_keep;
extern const struct db_statement sql_dispatch_rows_note;

#endif
