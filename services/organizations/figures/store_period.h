/* SPDX-License-Identifier: Apache-2.0 */
/* What totals need, kept as it was: after a change of these rows, in its transaction, their periods follow. Nothing
 * happens where nothing that counts has changed; a second change on one day replaces the first. */
#ifndef LIANGXIN_ORGANIZATIONS_FIGURES_STORE_PERIOD_H
#define LIANGXIN_ORGANIZATIONS_FIGURES_STORE_PERIOD_H

#include "io/db.h"

void organization_periods_keep(struct db *db, struct arena *arena, const struct id *ids, size_t count, date_t today);
void unit_periods_keep(struct db *db, struct arena *arena, const struct id *ids, size_t count, date_t today);
/* 流动党员: when members were floating. */
void floating_periods_keep(struct db *db, struct arena *arena, const struct id *ids, size_t count, date_t today);

extern const struct db_statement sql_organization_periods_keep;
extern const struct db_statement sql_unit_periods_keep;
extern const struct db_statement sql_floating_periods_end;
extern const struct db_statement sql_floating_periods_begin;

#endif
