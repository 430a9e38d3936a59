/* SPDX-License-Identifier: Apache-2.0 */
/* Exports in the database: for the API and for the job that makes them. */
#ifndef LIANGXIN_ORGANIZATIONS_EXPORTS_STORE_EXPORT_H
#define LIANGXIN_ORGANIZATIONS_EXPORTS_STORE_EXPORT_H

#include "daemon/daemon.h"
#include "rpc/call.h"

struct export_draft {
    struct id id;
    const char *ledger;
    const char *format; /* "csv", "xlsx" */
    const char *target; /* an organization's id; NULL: all within the scope */
    const char *reason; /* why numbers are whole; NULL: they are masked */
};

/* Queues the export; NOT_FOUND when the target lies outside the scope. Rows have the columns of an answer. */
status_t export_insert(struct call *call, const struct export_draft *draft, struct db_rows **ret_row);
/* One's own. NOT_FOUND otherwise. */
status_t export_find(struct call *call, const struct id *id, struct db_rows **ret_row);
/* Ends it where it is; one that is over stays as it is. */
status_t export_cancel(struct call *call, const struct id *id, struct db_rows **ret_row);

extern const struct db_statement sql_export_insert;
extern const struct db_statement sql_export_find;
extern const struct db_statement sql_export_cancel;

/* What the job works on. Texts live as long as the arena they were read into. */
struct export_claim {
    struct id id;
    struct id worker; /* whose claim it is: another one may take over after a while */
    struct actor actor;
    struct id request;
    const char *ledger;
    const char *format;
    const char *target;
    bool reveal;
};

/* The one that has waited longest, or whose worker is gone. NOT_FOUND when there is none. */
status_t export_claim(struct job_context *job, struct export_claim *ret_claim);
/* NOT_FOUND when the claim is over: cancelled, or somebody else's. */
status_t export_advance(struct job_context *job, const struct export_claim *claim, int64_t done);
/* Queue the end. */
void export_succeeded(struct job_context *job, const struct export_claim *claim, const struct id *file);
void export_failed(struct job_context *job, const struct export_claim *claim, const char *problem);

extern const struct db_statement sql_export_claim;
extern const struct db_statement sql_export_advance;
extern const struct db_statement sql_export_succeeded;
extern const struct db_statement sql_export_failed;

#endif
