/* SPDX-License-Identifier: Apache-2.0 */
/* Facts that stand in the ledger of units: they go the ledger's own way, so that a fact cannot do what a row may not.
 */
#ifndef LIANGXIN_ORGANIZATIONS_UNIT_FACTS_LEDGER_FACT_H
#define LIANGXIN_ORGANIZATIONS_UNIT_FACTS_LEDGER_FACT_H

#include "organizations/unit_facts/store_fact.h"

/* Writes those of the changes that are FACT_WRITTEN and of the ledger; *ret_written: there were such, and the unit has
 * its next version. Problems of form_edit. */
status_t ledger_facts_write(struct call *call, const struct fact_sheet *sheet, const struct fact_change *changes,
                            size_t count, const struct fact_stamp *stamp, bool *ret_written);

#endif
