/* SPDX-License-Identifier: Apache-2.0 */
/* A region (区划) as the ledger has it, and what follows from what we know of it. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_REGIONS_REGION_ROW_H
#define LIANGXIN_ORGANIZATIONS_REGIONS_REGION_ROW_H

#include "organizations/ledgers/column.h"

struct region_row {
    const char *code;
    const char *name;
};

struct region_facts {
    bool exists;
    bool in_territory; /* of the acting organization */
    struct region_row before;
};

extern const struct ledger_form region_form;

/* Sets the row's outcome, or its problems. */
struct sheet;

void region_judge(struct arena *arena, const struct sheet *sheet, struct sheet_row *row);

#endif
