/* SPDX-License-Identifier: Apache-2.0 */
/* Organizations into the database: facts of the ledger (organization_ledger.c), effects (organization_write.c). */
#ifndef LIANGXIN_ORGANIZATIONS_ORGANIZATIONS_ORGANIZATION_LEDGER_H
#define LIANGXIN_ORGANIZATIONS_ORGANIZATIONS_ORGANIZATION_LEDGER_H

#include "organizations/ledgers/ledger.h"
#include "organizations/organizations/organization_row.h"

extern const struct ledger organization_ledger;

/* Row i of a result with the columns of the ledger, by their names in sql_organization_facts. */
void organization_row_load(struct db_rows *rows, int i, struct organization_row *before);

/* Queued before the facts of rows that are about to be written: nobody dissolves the organizations of these codes
 * meanwhile (life/store_ending.c takes the row for itself). NULL among them is nobody. */
void place_hold(struct import_work *work, const char *const *codes, size_t count);
/* The same of one. */
void organization_hold(struct db *db, const struct id *id);

extern const struct db_statement sql_place_hold;
extern const struct db_statement sql_organization_hold;
extern const struct db_statement sql_organization_lock;
extern const struct db_statement sql_organization_facts;

/* organization_write.c */
status_t organizations_write(struct import_work *work, struct sheet_row **rows, size_t count);
/* News and audit of one that is gone because its import was undone. */
void organization_removed(struct import_work *work, const struct sheet_row *row);
/* The root, which has no superior. Its line is itself. */
void organization_write_root(struct db *db, struct arena *arena, const struct id *id, const char *code,
                             const char *name, int kind, date_t today);

extern const struct db_statement sql_organization_upsert;
extern const struct db_statement sql_organization_root;
extern const struct db_statement sql_relation_insert;
extern const struct db_statement sql_approval_change;
extern const struct db_statement sql_approval_insert;
extern const struct db_statement sql_post_close;
extern const struct db_statement sql_post_insert;

#endif
