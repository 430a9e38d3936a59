/* SPDX-License-Identifier: Apache-2.0 */
/* The audit's hash chain (migrations/shared/004_audit_seal.sql, 006_audit_unsealed.sql). A row is sealed seconds after
 * its commit, whatever its age then: its hash goes over the row and the hash before it, so that a row changed, taken
 * out or put between others later is seen. What waits is a table of its own, written with the row by the database.
 * Nothing here shows that the whole chain was made anew: for that the head is told to the log each hour, and by the
 * check, and is to be kept elsewhere. */
#ifndef LIANGXIN_DAEMON_AUDIT_SEAL_H
#define LIANGXIN_DAEMON_AUDIT_SEAL_H

#include "daemon/daemon.h"
#include "io/seal.h"

#define AUDIT_SEAL_LATE ((instant_t)600 * 1000000) /* a row is told as late when it was sealed so far behind others */

/* Seals a batch. One process of a service at a time; the others find nothing to do. */
status_t audit_seal(struct job_context *job, bool *ret_more);
/* Writes the chain's head into the log. */
status_t audit_seal_tell_head(struct job_context *job, bool *ret_more);

enum audit_fault { AUDIT_WHOLE, AUDIT_CHANGED, AUDIT_GONE, AUDIT_GAP, AUDIT_UNSEALED, AUDIT_FAULTS };

struct audit_verdict {
    enum audit_fault fault;
    int64_t pos;     /* of the first fault; of the head when whole */
    struct id row;   /* the first that is changed, gone or not sealed; nil for a gap */
    int64_t waiting; /* rows that the sealer has still to take */
    int64_t late;    /* rows that came into the chain more than AUDIT_SEAL_LATE behind younger ones: long transactions,
                      * or somebody who dated a row back */
    instant_t youngest;
    uint8_t head[SEAL_HASH];
};

/* Walks the whole chain from its beginning, and looks for rows that are neither in it nor wait for it, and for waiting
 * ones that are gone. */
status_t audit_seal_verify(struct db *db, struct arena *arena, struct audit_verdict *ret_verdict);
/* `--verify-audit`: prints the verdict; false: a fault was found. */
status_t audit_seal_print(struct arena *arena, const char *dsn, bool *ret_whole);

void audit_seal_metrics(void);

extern const struct db_statement sql_audit_seal_plan;
extern const struct db_statement sql_audit_seal_lock;
extern const struct db_statement sql_audit_seal_head;
extern const struct db_statement sql_audit_seal_next;
extern const struct db_statement sql_audit_seal_insert;
extern const struct db_statement sql_audit_seal_walk;
extern const struct db_statement sql_audit_seal_missed;

/* What both the sealer and the check hash of a row: every column, its length before it. `rows` has the columns of
 * audit, at as at_us (microseconds). */
void audit_seal_hash(const uint8_t before[SEAL_HASH], struct db_rows *rows, int row, uint8_t ret_hash[SEAL_HASH]);
#define AUDIT_SEAL_COLUMNS                                                                                             \
    "a.id, a.at, (extract(epoch FROM a.at) * 1000000)::bigint AS at_us, a.account_id, a.role, a.organization_id,"      \
    " a.caller, a.request_id, a.action, a.object, a.object_id, encode(a.before_hash, 'hex') AS before_hash,"           \
    " encode(a.after_hash, 'hex') AS after_hash, a.reason"

#endif
