/* SPDX-License-Identifier: Apache-2.0 */
/* Documents in the database. Scope is that of the record, judged in the statement; what lies outside is NOT_FOUND. Rows
 * have the columns of document_to_wire. */
#ifndef LIANGXIN_ORGANIZATIONS_DOCUMENTS_STORE_DOCUMENT_H
#define LIANGXIN_ORGANIZATIONS_DOCUMENTS_STORE_DOCUMENT_H

#include "rpc/page.h"
#include "rpc/call.h"

struct document_draft {
    struct id id;
    const char *record; /* code */
    struct id record_id;
    const char *kind; /* code */
    const char *title;
    int64_t edition;
    const struct id *replaces; /* NULL: a first version */
    struct id file;
};

/* Whether the record is one that the actor may write to. */
status_t record_writable(struct call *call, const char *record, const struct id *id);
/* One document of such a record, its row locked. */
status_t document_lock(struct call *call, const struct id *id, struct db_rows **ret_row);
/* ALREADY_EXISTS when the version it replaces has been replaced, or the record has this file already. */
status_t document_insert(struct call *call, const struct document_draft *draft, struct db_rows **ret_row);
status_t document_withdraw(struct call *call, const struct id *id, const char *reason, struct db_rows **ret_row);
/* Queues what was done to a document, at its version: "attached", or "withdrawn" with a reason. */
void document_note(struct call *call, const struct id *id, int64_t version, const char *action, const char *reason);
/* Of one record, newest first; cursor column "id". */
status_t document_list(struct call *call, const char *record, const struct id *id, const struct page *page,
                       struct db_rows **ret_rows);
/* Papers of a member that hold, the newest version of each. Without scope: for services. */
status_t document_count(struct call *call, const struct id *member, uint32_t *ret_count);

extern const struct db_statement sql_record_writable;
extern const struct db_statement sql_document_lock;
extern const struct db_statement sql_document_insert;
extern const struct db_statement sql_document_withdraw;
extern const struct db_statement sql_document_note;
extern const struct db_statement sql_document_list;
extern const struct db_statement sql_document_count;

#endif
