/* SPDX-License-Identifier: Apache-2.0 */
/* The two closures that scope is judged by: organization_line (隶属) and organization_reach (the other relations). Kept
 * in the transaction that changes a relation, under one lock of the whole line. */
#ifndef LIANGXIN_ORGANIZATIONS_RELATIONS_STORE_LINE_H
#define LIANGXIN_ORGANIZATIONS_RELATIONS_STORE_LINE_H

#include "io/db.h"

/* Until the transaction ends nobody else changes a superior; `alone` keeps new organizations out as well. */
void line_lock(struct db *db, bool alone);
/* A new organization at its place in the line. `superior` NULL: the root. */
void line_add(struct db *db, const struct id *organization, const struct id *superior);
/* The organization and all below it under another superior. */
void line_move(struct db *db, const struct id *organization, const struct id *superior);
/* What others reach at and below these organizations, made anew from the relations in force. */
void reach_make(struct db *db, struct arena *arena, const struct id *organizations, size_t count);

extern const struct db_statement sql_line_lock;
extern const struct db_statement sql_line_lock_shared;
extern const struct db_statement sql_line_insert;
extern const struct db_statement sql_line_detach;
extern const struct db_statement sql_line_attach;
extern const struct db_statement sql_reach_clear;
extern const struct db_statement sql_reach_insert;

#endif
