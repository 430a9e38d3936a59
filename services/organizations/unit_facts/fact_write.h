/* SPDX-License-Identifier: Apache-2.0 */
/* Judged changes of one unit's ledger into the database, with their audit: where each belongs, or as a conflict. */
#ifndef LIANGXIN_ORGANIZATIONS_UNIT_FACTS_FACT_WRITE_H
#define LIANGXIN_ORGANIZATIONS_UNIT_FACTS_FACT_WRITE_H

#include "organizations/unit_facts/store_conflict.h"

/* Problems of the ledger's form for values that stand there. */
status_t fact_write(struct call *call, const struct fact_sheet *sheet, const struct fact_change *changes, size_t count,
                    const struct fact_stamp *stamp);

#endif
