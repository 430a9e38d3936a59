/* SPDX-License-Identifier: Apache-2.0 */
/* The part of a ledger that gives its rows out: pages of them by a unique key, with the columns that the import reads.
 * An exported ledger is a row of the table in export_ledgers.c. */
#ifndef LIANGXIN_ORGANIZATIONS_EXPORTS_EXPORT_LEDGER_H
#define LIANGXIN_ORGANIZATIONS_EXPORTS_EXPORT_LEDGER_H

#include "io/db.h"
#include "organizations/imports/column.h"
#include "organizations/state.h"

/* One page on its way. */
struct export_page {
    struct arena *arena;
    const struct organizations_state *state;
    bool reveal; /* identity and telephone numbers whole; else masked */
};

struct export_ledger {
    const struct ledger_form *form;
    const char *permission; /* what reading this ledger needs */
    const char *title;      /* of the file: 党员台账 */
    /* Rows after a key: $1 scope, $2 an organization within it or null, $3 the last key seen or null, $4 how many. Has
     * a column `key`, unique, in whose order the rows come. */
    const struct db_statement *page;
    /* Row i as the ledger's own struct. */
    status_t (*read)(const struct export_page *page, struct db_rows *rows, int i, void *data);
};

/* NULL when there is none of this name. */
const struct export_ledger *export_ledger_find(const char *name);

extern const struct db_statement sql_export_regions;
extern const struct db_statement sql_export_organizations;
extern const struct db_statement sql_export_units;
extern const struct db_statement sql_export_members;

#endif
