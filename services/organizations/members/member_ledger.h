/* SPDX-License-Identifier: Apache-2.0 */
/* Members into the database: the ledger's facts (member_ledger.c) and effects (member_write.c). */
#ifndef LIANGXIN_ORGANIZATIONS_MEMBERS_MEMBER_LEDGER_H
#define LIANGXIN_ORGANIZATIONS_MEMBERS_MEMBER_LEDGER_H

#include "organizations/ledgers/ledger.h"
#include "organizations/members/member_row.h"

extern const struct ledger member_ledger;

/* Row i of a result with the columns of the ledger, by their names in sql_member_facts, but the identity number. */
status_t member_row_load(struct arena *arena, const struct organizations_state *state, struct db_rows *rows, int i,
                         const struct id *person, struct member_row *before);

extern const struct db_statement sql_member_lock;
extern const struct db_statement sql_member_facts;

/* member_unmask.c: the rows' numbers, behind a mask too; NULL or "" when that is nobody's, or several persons'. */
status_t member_numbers(struct import_work *work, struct sheet_row **rows, size_t count, const char **ret_numbers);

extern const struct db_statement sql_member_alike;

/* member_write.c */
status_t members_write(struct import_work *work, struct sheet_row **rows, size_t count);
/* News and audit of one that is gone because its import was undone. */
void member_removed(struct import_work *work, const struct sheet_row *row);

extern const struct db_statement sql_person_upsert;
extern const struct db_statement sql_candidacies_end;
extern const struct db_statement sql_member_upsert;
extern const struct db_statement sql_membership_insert;

#endif
