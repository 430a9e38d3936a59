/* SPDX-License-Identifier: Apache-2.0 */
/* Regions in the database: the ledger's facts and effects (region_ledger.c), the list (handle_list_regions.c). */
#ifndef LIANGXIN_ORGANIZATIONS_REGIONS_REGION_LEDGER_H
#define LIANGXIN_ORGANIZATIONS_REGIONS_REGION_LEDGER_H

#include "organizations/ledgers/ledger.h"

extern const struct ledger region_ledger;

extern const struct db_statement sql_region_facts;
extern const struct db_statement sql_region_upsert;
extern const struct db_statement sql_region_list;

#endif
