/* SPDX-License-Identifier: Apache-2.0 */
/* The sealer. The jobs thread; owns nothing. */
#include "daemon/audit_seal.h"

#include "base/strbuf.h"
#include "io/log.h"
#include "io/metrics.h"
#include "base/banned.h"

#define BATCH    500
#define ROW_SIZE ((size_t)64 * 1024)

static struct metric sealed_total = {
    .name = "liangxin_audit_sealed_total",
    .kind = METRIC_COUNTER,
    .prose = "Audit rows this process has put into the hash chain. It stands still while others of the service do it.",
};

void
audit_seal_metrics(void)
{
    metrics_register(&sealed_total);
}

void
audit_seal_hash(const uint8_t before[SEAL_HASH], struct db_rows *rows, int row, uint8_t ret_hash[SEAL_HASH])
{
    static const char *const columns[] = { "id",          "at_us",      "account_id", "role",   "organization_id",
                                           "caller",      "request_id", "action",     "object", "object_id",
                                           "before_hash", "after_hash", "reason" };
    struct strbuf text;

    strbuf_init(&text, ROW_SIZE);
    strbuf_add(&text, before, SEAL_HASH);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const char *value = db_text(rows, row, columns[i]);

        if (value)
            strbuf_printf(&text, "%zu:%s", strlen(value), value);
        else
            strbuf_char(&text, '-');
    }
    seal_hash(strbuf_slice(&text), ret_hash);
    strbuf_done(&text);
}

/* A plan is made once for a connection's life, often while nothing waits and nothing is sealed: then reading all costs
 * nothing, and one index is as good as another. So each step plans for what there is. */
const struct db_statement sql_audit_seal_plan = {
    "audit_seal_plan",
    "SELECT set_config('enable_seqscan', 'off', true), set_config('plan_cache_mode', 'force_custom_plan', true)",
};

const struct db_statement sql_audit_seal_lock = {
    "audit_seal_lock",
    "SELECT pg_try_advisory_xact_lock(hashtextextended(current_schema() || '.audit_seal', 0)) AS mine",
};

const struct db_statement sql_audit_seal_head = {
    "audit_seal_head",
    "SELECT pos, hash FROM audit_seal_history ORDER BY pos DESC LIMIT 1",
};

/* What waits without its audit row stays, for the check to find; a row that was put back has its place already. Each
 * row is a probe of an index: as joins, a step would read the month's audit and all that was ever sealed. */
const struct db_statement sql_audit_seal_next = {
    "audit_seal_next",
    "WITH next AS (SELECT u.id FROM audit_unsealed u"
    "               WHERE (SELECT true FROM audit a WHERE a.id = u.id AND a.at = u.at) ORDER BY u.id LIMIT $1::int),"
    " taken AS (DELETE FROM audit_unsealed WHERE id = ANY (ARRAY(SELECT id FROM next)) RETURNING id, at)"
    "SELECT " AUDIT_SEAL_COLUMNS
    "  FROM taken t CROSS JOIN LATERAL (SELECT * FROM audit WHERE id = t.id AND at = t.at OFFSET 0) a"
    " WHERE (SELECT true FROM audit_seal_history h WHERE h.audit_id = a.id AND h.at = a.at) IS NULL"
    " ORDER BY a.id",
};

const struct db_statement sql_audit_seal_insert = {
    "audit_seal_insert",
    "INSERT INTO audit_seal_history (pos, at, audit_id, hash)"
    " SELECT $1::bigint + s.n, s.at, s.id, decode(s.hash, 'hex')"
    "   FROM unnest($2::uuid[], $3::text[], $4::timestamptz[]) WITH ORDINALITY AS s (id, hash, at, n)",
};

struct chain {
    int64_t pos;
    uint8_t hash[SEAL_HASH];
};

static status_t
find_head(struct db *db, struct arena *arena, struct chain *ret_chain)
{
    struct db_rows *rows;
    status_t st = db_query(db, arena, &sql_audit_seal_head, NULL, &rows);

    if (st)
        return st;
    *ret_chain = (struct chain){ 0 };
    if (db_count(rows) == 0)
        return OK;
    ret_chain->pos = db_i64(rows, 0, "pos");
    memcpy(ret_chain->hash, db_bytes(rows, 0, "hash").data, SEAL_HASH);
    return db_rows_status(rows);
}

static status_t
take_next(struct job_context *job, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_i64(&args, BATCH);
    return db_query(job->db, job->arena, &sql_audit_seal_next, &args, ret_rows);
}

static void
seal_rows(struct job_context *job, struct chain *chain, struct db_rows *rows)
{
    size_t count = (size_t)db_count(rows);
    const char **hashes = arena_array(job->arena, count, sizeof *hashes);
    const char **times = arena_array(job->arena, count, sizeof *times);
    struct id *ids = arena_array(job->arena, count, sizeof *ids);
    struct db_args args = { 0 };

    for (size_t i = 0; i < count; i++) {
        char *hex = arena_alloc(job->arena, 2 * SEAL_HASH + 1);

        audit_seal_hash(chain->hash, rows, (int)i, chain->hash);
        seal_hex_format(chain->hash, SEAL_HASH, hex);
        hashes[i] = hex;
        times[i] = db_text(rows, (int)i, "at");
        ids[i] = db_id(rows, (int)i, "id");
    }
    db_arg_i64(&args, chain->pos);
    db_arg_ids(&args, job->arena, ids, count);
    db_arg_texts(&args, job->arena, hashes, count);
    db_arg_texts(&args, job->arena, times, count);
    db_queue(job->db, &sql_audit_seal_insert, &args);
    metric_add(&sealed_total, NULL, (int64_t)count);
}

static status_t
seal_batch(struct job_context *job, bool *ret_more)
{
    struct chain chain;
    struct db_rows *rows;
    status_t st = find_head(job->db, job->arena, &chain);

    if (!st)
        st = take_next(job, &rows);
    if (st)
        return st;
    *ret_more = db_count(rows) == BATCH;
    if (db_count(rows) > 0)
        seal_rows(job, &chain, rows);
    return db_rows_status(rows);
}

status_t
audit_seal(struct job_context *job, bool *ret_more)
{
    struct db_rows *row;
    status_t st;

    *ret_more = false;
    db_begin(job->db);
    db_queue(job->db, &sql_audit_seal_plan, NULL);
    st = db_query_row(job->db, job->arena, &sql_audit_seal_lock, NULL, &row);
    if (!st && db_bool(row, 0, "mine"))
        st = seal_batch(job, ret_more);
    return st ? st : db_commit(job->db, job->arena);
}

status_t
audit_seal_tell_head(struct job_context *job, bool *ret_more)
{
    char hex[2 * SEAL_HASH + 1];
    struct chain chain;
    status_t st = find_head(job->db, job->arena, &chain);

    *ret_more = false;
    if (st)
        return st;
    seal_hex_format(chain.hash, SEAL_HASH, hex);
    LOG(LOG_INFO, "audit head", log_number("pos", chain.pos), log_text("hash", hex));
    return OK;
}
