/* SPDX-License-Identifier: Apache-2.0 */
/* The part of a ledger that knows the database: facts for a batch of rows in one statement, and the effects of a batch.
 * A ledger is a row of the table in ledgers.c. */
#ifndef LIANGXIN_ORGANIZATIONS_LEDGERS_LEDGER_H
#define LIANGXIN_ORGANIZATIONS_LEDGERS_LEDGER_H

#include "organizations/ledgers/sheet.h"
#include "organizations/state.h"
#include "rpc/audit.h"

#define LEDGER_BATCH 500 /* rows judged together, and committed in one transaction */

/* One import at work, in a transaction. */
struct import_work {
    struct db *db;
    struct arena *arena;
    const struct organizations_state *state;
    struct actor actor; /* the uploader, as he acted then */
    struct audit_work audit;
    struct sheet *sheet;
    instant_t now;
    date_t today;
    const char *source; /* of what is noted with the effects; NULL: the street, of today */
    date_t as_of;
};

struct ledger {
    const struct ledger_form *form;
    bool has_bases; /* 党费计算基数 goes to dues after the commit */
    /* Asks the database for the facts of these rows in one statement, a row of the result for each in their order.
     * `lock`: they are about to change. */
    status_t (*load)(struct import_work *work, struct sheet_row **rows, size_t count, bool lock,
                     struct db_rows **ret_found);
    size_t facts_size; /* of what row->facts points to */
    size_t before;     /* offset in it of the row as it stands, */
    size_t version;    /* ... and of its version */
    /* Row i of the result as facts of `row`. */
    status_t (*read_facts)(struct import_work *work, struct db_rows *found, int i, struct sheet_row *row);
    /* Settles the row by its facts. Pure. */
    void (*judge_row)(struct arena *arena, const struct sheet *sheet, struct sheet_row *row);
    /* Writes created and updated rows, with audit and events, and sets their entity. */
    status_t (*apply)(struct import_work *work, struct sheet_row **rows, size_t count);
    /* Tells of one thing that is gone again: event and audit. Its facts are as they were just before. */
    void (*removed)(struct import_work *work, const struct sheet_row *row);
};

/* NULL when there is none of this name. */
const struct ledger *ledger_find(const char *name);

/* Facts and judgement of rows that are not settled yet. */
status_t
ledger_judge(const struct ledger *ledger, struct import_work *work, struct sheet_row **rows, size_t count, bool lock);

/* Sends what is queued before the connection's queue is full: between rows that queue statements of their own. */
status_t work_flush(struct import_work *work);
/* An audit row of what the import did to one thing. `before` NULL: it is new. */
void work_audit(struct import_work *work, const char *object, const struct sheet_row *row, const void *before);
/* The same of a thing that is gone. */
void work_audit_removal(struct import_work *work, const char *object, const struct sheet_row *row);

#endif
