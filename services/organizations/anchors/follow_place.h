/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger of units names a place (所在园区) in free text: it becomes an anchor of the unit's territory. */
#ifndef LIANGXIN_ORGANIZATIONS_ANCHORS_FOLLOW_PLACE_H
#define LIANGXIN_ORGANIZATIONS_ANCHORS_FOLLOW_PLACE_H

#include "organizations/ledgers/ledger.h"

/* Queued, behind the statements that wrote these units: anchors that are not there yet, and from today on the units
 * stand where their rows say. What a clerk has placed by hand stays. */
void anchors_follow_units(struct import_work *work, const struct id *units, size_t count);

extern const struct db_statement sql_anchor_from_place;
extern const struct db_statement sql_anchor_leave_place;
extern const struct db_statement sql_anchor_take_place;

#endif
