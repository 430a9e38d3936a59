/* SPDX-License-Identifier: Apache-2.0 */
/* The part of a ledger that gives its rows out: pages of them by a unique key, with the columns that the import reads.
 * An exported ledger is a row of the table in export_ledgers.c. */
#ifndef LIANGXIN_ORGANIZATIONS_EXPORTS_EXPORT_LEDGER_H
#define LIANGXIN_ORGANIZATIONS_EXPORTS_EXPORT_LEDGER_H

#include "io/db.h"
#include "organizations/ledgers/column.h"
#include "organizations/state.h"

/* One page on its way. */
struct export_page {
    struct arena *arena;
    const struct organizations_state *state;
    bool reveal; /* identity and telephone numbers whole; else masked */
};

/* What a ledger can be narrowed by, besides an organization and those below it: the filters of its list. */
enum export_filter {
    EXPORT_BY_CODE = 1 << 0,     /* the one of this code */
    EXPORT_BY_SUPERIOR = 1 << 1, /* those right below an organization */
    EXPORT_OF_DAY = 1 << 2,      /* as it was at the end of a day that is over */
};

struct export_ledger {
    const struct ledger_form *form;
    const char *permission; /* what reading this ledger needs */
    const char *title;      /* of the file: 党员台账 */
    unsigned filters;
    /* How many rows: $1 scope, $2 an organization within it or null, then one for each of its filters, in their order,
     * null where it is not asked for. */
    const struct db_statement *count;
    /* Rows after a key: the same, then the last key seen or null, then how many. Has a column `key`, unique, in whose
     * order the rows come. */
    const struct db_statement *page;
    /* Row i as the ledger's own struct. */
    status_t (*read)(const struct export_page *page, struct db_rows *rows, int i, void *data);
};

/* NULL when there is none of this name. */
const struct export_ledger *export_ledger_find(const char *name);

extern const struct db_statement sql_export_regions, sql_export_regions_count, sql_export_organizations,
    sql_export_organizations_count, sql_export_units, sql_export_units_count, sql_export_members,
    sql_export_members_count;

#endif
