/* SPDX-License-Identifier: Apache-2.0 */
/* The check of the audit's hash chain: reads, changes nothing. Main thread; owns a connection of its own. */
#include <stdio.h>

#include "base/strbuf.h"
#include "daemon/audit_seal.h"
#include "io/clock.h"
#include "base/banned.h"

#define BATCH       1000
#define ARENA_LIMIT ((size_t)32 * 1024 * 1024)
#define TIME_MS     60000 /* for one batch */

/* In the chain's order; columns of audit are null when the row is gone. */
const struct db_statement sql_audit_seal_walk = {
    "audit_seal_walk",
    "SELECT h.pos, h.hash, h.audit_id, " AUDIT_SEAL_COLUMNS "  FROM audit_seal_history h"
    "  LEFT JOIN audit a ON a.id = h.audit_id AND a.at = h.at"
    " WHERE h.pos > $1"
    " ORDER BY h.pos LIMIT $2::int",
};

/* In one statement: between two the sealer may go on. */
const struct db_statement sql_audit_seal_missed = {
    "audit_seal_missed",
    "SELECT w.waiting, m.id, m.gone"
    "  FROM (SELECT count(*) AS waiting FROM audit_unsealed) w"
    "  LEFT JOIN (SELECT a.id, false AS gone FROM audit a"
    "              WHERE NOT EXISTS (SELECT FROM audit_seal_history h WHERE h.audit_id = a.id AND h.at = a.at)"
    "                AND NOT EXISTS (SELECT FROM audit_unsealed u WHERE u.id = a.id AND u.at = a.at)"
    "             UNION ALL"
    "             SELECT u.id, true FROM audit_unsealed u"
    "              WHERE NOT EXISTS (SELECT FROM audit a WHERE a.id = u.id AND a.at = u.at)"
    "              ORDER BY id LIMIT 1) m ON true",
};

static enum audit_fault
check_row(struct db_rows *rows, int row, const struct audit_verdict *before, uint8_t *ret_hash)
{
    if (db_i64(rows, row, "pos") != before->pos + 1)
        return AUDIT_GAP;
    if (db_is_null(rows, row, "id"))
        return AUDIT_GONE;
    audit_seal_hash(before->head, rows, row, ret_hash);
    return seal_equal(slice_make(ret_hash, SEAL_HASH), db_bytes(rows, row, "hash")) ? AUDIT_WHOLE : AUDIT_CHANGED;
}

static void
count_late(struct db_rows *rows, int row, struct audit_verdict *verdict)
{
    instant_t at = db_i64(rows, row, "at_us");

    if (at + AUDIT_SEAL_LATE < verdict->youngest)
        verdict->late++;
    else if (at > verdict->youngest)
        verdict->youngest = at;
}

/* Moves the verdict along the rows, up to the first fault. */
static void
check_rows(struct db_rows *rows, struct audit_verdict *verdict)
{
    for (int row = 0; row < db_count(rows) && verdict->fault == AUDIT_WHOLE; row++) {
        uint8_t hash[SEAL_HASH];

        verdict->fault = check_row(rows, row, verdict, hash);
        verdict->pos++;
        if (verdict->fault == AUDIT_WHOLE) {
            memcpy(verdict->head, hash, SEAL_HASH);
            count_late(rows, row, verdict);
        } else if (verdict->fault != AUDIT_GAP) {
            verdict->row = db_id(rows, row, "audit_id");
        }
    }
}

static status_t
walk(struct db *db, struct arena *arena, struct audit_verdict *verdict)
{
    struct db_rows *rows;
    int count = BATCH;
    status_t st = OK;

    while (!st && count == BATCH && verdict->fault == AUDIT_WHOLE) {
        struct db_args args = { 0 };

        arena_reset(arena);
        db_deadline(db, clock_ms() + TIME_MS);
        db_arg_i64(&args, verdict->pos);
        db_arg_i64(&args, BATCH);
        st = db_query(db, arena, &sql_audit_seal_walk, &args, &rows);
        if (st)
            return st;
        count = db_count(rows);
        check_rows(rows, verdict);
        st = db_rows_status(rows);
    }
    return st;
}

static status_t
find_missed(struct db *db, struct arena *arena, struct audit_verdict *verdict)
{
    struct db_rows *rows;
    status_t st;

    db_deadline(db, clock_ms() + 10 * (int64_t)TIME_MS);
    st = db_query_row(db, arena, &sql_audit_seal_missed, NULL, &rows);
    if (st)
        return st;
    verdict->waiting = db_i64(rows, 0, "waiting");
    if (!db_is_null(rows, 0, "id")) {
        verdict->fault = db_bool(rows, 0, "gone") ? AUDIT_GONE : AUDIT_UNSEALED;
        verdict->row = db_id(rows, 0, "id");
    }
    return db_rows_status(rows);
}

status_t
audit_seal_verify(struct db *db, struct arena *arena, struct audit_verdict *ret_verdict)
{
    struct arena *pages = arena_new(ARENA_LIMIT);
    struct audit_verdict verdict = { 0 };
    status_t st = walk(db, pages, &verdict);

    if (!st && verdict.fault == AUDIT_WHOLE)
        st = find_missed(db, pages, &verdict);
    *ret_verdict = verdict;
    if (st)
        st = status_detail(arena, PROBLEM_UNAVAILABLE, "the audit could not be read: %s", st->problem->slug);
    arena_free(pages);
    return st;
}

static void
print(const struct audit_verdict *verdict)
{
    static const char *const words[AUDIT_FAULTS] = {
        [AUDIT_CHANGED] = "is not what was sealed",
        [AUDIT_GONE] = "is gone",
        [AUDIT_GAP] = "a place of the chain is missing",
        [AUDIT_UNSEALED] = "stands outside of the chain",
    };
    char hex[2 * SEAL_HASH + 1];
    char row[ID_SIZE];

    seal_hex_format(verdict->head, SEAL_HASH, hex);
    id_format(&verdict->row, row);
    if (verdict->fault == AUDIT_WHOLE)
        printf("audit: whole, %lld rows, %lld sealed late, %lld waiting, head %s\n", (long long)verdict->pos,
               (long long)verdict->late, (long long)verdict->waiting, hex);
    else if (verdict->fault == AUDIT_GAP)
        printf("audit: place %lld: %s\n", (long long)verdict->pos, words[verdict->fault]);
    else
        printf("audit: place %lld, row %s: %s\n", (long long)verdict->pos, row, words[verdict->fault]);
}

status_t
audit_seal_print(struct arena *arena, const char *dsn, bool *ret_whole)
{
    struct db *db = db_new(dsn, "audit");
    struct audit_verdict verdict = { 0 };
    status_t st;

    db_deadline(db, clock_ms() + TIME_MS);
    st = db_ready(arena, db);
    if (!st)
        st = audit_seal_verify(db, arena, &verdict);
    if (!st)
        print(&verdict);
    *ret_whole = !st && verdict.fault == AUDIT_WHOLE;
    db_free(db);
    return st;
}
