/* SPDX-License-Identifier: Apache-2.0 */
/* 党费计算基数 belongs to dues: once the rows are committed, dues is told by a call (never by an event, for it is pay).
 * Dues takes the same base twice without harm, so a step that died is done again. A base that dues refuses is its row's
 * problem and no reason to ask for ever. On the jobs thread. */
#include <liangxin/dues/v1/dues.facts.h>
#include <liangxin/dues/v1/dues.pb-c.h>

#include "organizations/imports/job_imports.h"
#include "organizations/imports/store_import.h"
#include "organizations/members/member_row.h"
#include "organizations/wire.h"
#include "base/banned.h"

typedef Liangxin__Dues__V1__RecordBasesRequest RecordBasesRequest;
typedef Liangxin__Dues__V1__BaseRecord BaseRecord;

#define PATIENCE_MS  2000 /* imports wait on the same thread while dues is asked */
#define STEP_BATCHES 20   /* then other jobs have their turn */

#define TRIES 20 /* of what dues answers with a fault of its own, before the bases count as refused */

struct bases {
    RecordBasesRequest *request;
    const char **rows; /* numbers of the records' rows */
    struct sheet *sheet;
    struct import_claim *claim;
    struct arena *arena;
    const char **refused;
    size_t n_refused;
};

static void
add_base(struct bases *bases, const struct sheet_row *row, const struct id *member)
{
    const struct member_row *data = row->data;
    BaseRecord *record = arena_alloc(bases->arena, sizeof *record);

    liangxin__dues__v1__base_record__init(record);
    record->member_id = wire_id(arena_copy(bases->arena, member, sizeof *member));
    record->base_fen = data->dues_base;
    record->from_month = wire_text(bases->claim->base_month);
    record->occupation = wire_text(data->occupation);
    bases->rows[bases->request->n_records] = arena_printf(bases->arena, "%lld", (long long)row->row);
    bases->request->records[bases->request->n_records++] = record;
}

static bool
has_base(const struct sheet_row *row)
{
    const struct member_row *data = row->data;

    return data && data->dues_base >= 0;
}

/* Rows of a ledger of members stand as in the file, so both lists ascend by row. */
static status_t
collect(struct bases *bases, size_t from, size_t to, struct db_rows *entities)
{
    int at = 0;

    for (size_t i = from; i < to; i++) {
        const struct sheet_row *row = bases->sheet->rows[i];
        struct id member;

        while (at < db_count(entities) && db_i64(entities, at, "row") < row->row)
            at++;
        if (at == db_count(entities) || db_i64(entities, at, "row") != row->row)
            continue;
        member = db_id(entities, at, "entity_id");
        if (has_base(row) && !id_is_nil(&member))
            add_base(bases, row, &member);
    }
    return db_rows_status(entities);
}

/* From the first row that dues has not been told of as far as a batch of bases reaches: rows without one are passed
 * over, so that a file without bases asks nobody. */
static status_t
next_bases(struct job_context *job, struct bases *bases, int64_t *ret_done)
{
    const struct sheet *sheet = bases->sheet;
    size_t from = (size_t)bases->claim->bases_done;
    size_t to = from;
    size_t found = 0;
    struct db_rows *entities;
    status_t st;

    while (to < (size_t)bases->claim->done && found < LEDGER_BATCH)
        found += has_base(sheet->rows[to++]);
    *ret_done = (int64_t)to;
    bases->request->n_records = bases->n_refused = 0;
    if (found == 0)
        return OK;
    bases->request->records = arena_array(job->arena, found, sizeof(BaseRecord *));
    bases->rows = arena_array(job->arena, found, sizeof *bases->rows);
    bases->refused = arena_array(job->arena, found, sizeof *bases->refused);
    st = import_entities(job->db, job->arena, &bases->claim->id, sheet->rows[from]->row, sheet->rows[to - 1]->row,
                         &entities);
    return st ? st : collect(bases, from, to, entities);
}

/* Dues has looked at the records and does not want them: asking again would change nothing. */
static bool
is_refusal(status_t st, const struct import_claim *claim)
{
    if (status_retryable(st))
        return false;
    return st->problem->kind != STATUS_INTERNAL || claim->bases_tries >= TRIES;
}

static status_t
call_dues(struct job_context *job, struct bases *bases, size_t from, size_t count)
{
    RecordBasesRequest request = LIANGXIN__DUES__V1__RECORD_BASES_REQUEST__INIT;
    ProtobufCMessage *reply;

    request.records = bases->request->records + from;
    request.n_records = count;
    return rpc_call(job->client, job->arena, &dues_record_bases, &request.base,
                    &(struct rpc_options){ .budget_ms = PATIENCE_MS }, &reply);
}

/* One bad record refuses the whole request, so a refused one is halved until the record stands alone. At most as deep
 * as the logarithm of a batch. */
static status_t
tell_dues(struct job_context *job, struct bases *bases, size_t from, size_t count)
{
    status_t st;

    if (count == 0)
        return OK;
    st = call_dues(job, bases, from, count);
    if (!st || !is_refusal(st, bases->claim))
        return st;
    if (count == 1) {
        bases->refused[bases->n_refused++] = bases->rows[from];
        return OK;
    }
    st = tell_dues(job, bases, from, count / 2);
    return st ? st : tell_dues(job, bases, from + count / 2, count - count / 2);
}

/* The file is gone or unreadable: what dues was not told by now it will not be told. */
static bool
is_over(status_t st)
{
    return st && st->problem->kind != STATUS_INTERNAL && !status_retryable(st);
}

/* The rows up to `done` are told, or cannot be told any more. */
static status_t
advance(struct job_context *job, struct bases *bases, int64_t done)
{
    struct import_claim *claim = bases->claim;
    status_t st;

    db_begin(job->db);
    import_bases_refused(job->db, job->arena, &claim->id, bases->refused, bases->n_refused, BASE_COLUMN);
    import_bases_advance(job->db, claim, done, done == claim->done, job->now);
    st = db_commit(job->db, job->arena);
    claim->bases_done = done;
    claim->bases_tries = 0;
    return st;
}

static status_t
try_later(struct job_context *job, const struct bases *bases, status_t why)
{
    db_begin(job->db);
    import_bases_again(job->db, &bases->claim->id, job->now);
    return status_join(job->arena, why, db_commit(job->db, job->arena));
}

/* The file is read once a step. */
static status_t
work_on(struct job_context *job, struct import_claim *claim)
{
    RecordBasesRequest request = LIANGXIN__DUES__V1__RECORD_BASES_REQUEST__INIT;
    struct bases bases = { .request = &request, .claim = claim, .arena = job->arena };
    const struct ledger_form *form = ledger_find(claim->ledger)->form;
    bool last = false;
    status_t st = import_file(job, claim);

    if (!st)
        st = sheet_read(job->arena, form, &claim->source, instant_date(job->now), &bases.sheet);
    if (is_over(st))
        return advance(job, &bases, claim->done);
    for (int i = 0; !st && !last && i < STEP_BATCHES; i++) {
        int64_t done;

        st = next_bases(job, &bases, &done);
        if (!st)
            st = tell_dues(job, &bases, 0, request.n_records);
        if (!st)
            st = advance(job, &bases, done);
        last = claim->bases_done == claim->done;
    }
    return st ? try_later(job, &bases, st) : OK;
}

status_t
job_import_bases(struct job_context *job, bool *ret_more)
{
    struct import_claim claim;
    status_t st = import_next_bases(job->db, job->arena, &claim);

    if (st)
        return status_is(st, PROBLEM_NOT_FOUND) ? OK : st;
    st = work_on(job, &claim);
    *ret_more = !st;
    return st;
}
