/* SPDX-License-Identifier: Apache-2.0 */
/* Printed sheets. Counting is done under the letters' row locks, so that no number is given twice. */
#include "transfers/letters/letter_columns.h"
#include "transfers/paper/fill.h"
#include "transfers/paper/store_paper.h"
#include "base/banned.h"

const struct db_statement sql_paper_lock = {
    "paper_lock",
    "SELECT l.id FROM letter l WHERE l.id = ANY($2) AND l.state = ANY($3) AND l.number_serial IS NOT NULL"
    "   AND " LETTER_COVERS("CASE WHEN $4 THEN l.from_committee_id ELSE l.to_committee_id END") //
    " ORDER BY l.number_year, l.number_serial, l.id FOR UPDATE OF l",
};

static void
arg_states(struct db_args *args, struct arena *arena, const struct paper_kind *kind)
{
    const char **codes = arena_array(arena, LETTER_STATE_END, sizeof *codes);
    size_t count = 0;

    for (int state = LETTER_NONE + 1; state < LETTER_STATE_END; state++)
        if (paper_kind_allows(kind, (enum letter_state)state))
            codes[count++] = letter_state_code((enum letter_state)state);
    db_arg_texts(args, arena, codes, count);
}

status_t
paper_lock(struct call *call, const struct paper_kind *kind, const struct id *ids, size_t count, struct id **ret_ids,
           size_t *ret_count)
{
    struct db_args args = { 0 };
    struct db_rows *rows;
    status_t st;

    db_arg_id(&args, call_scope(call));
    db_arg_ids(&args, call->arena, ids, count);
    arg_states(&args, call->arena, kind);
    db_arg_bool(&args, kind->by_sender);
    st = db_query(call->db, call->arena, &sql_paper_lock, &args, &rows);
    if (st)
        return st;
    *ret_count = (size_t)db_count(rows);
    *ret_ids = arena_array(call->arena, *ret_count, sizeof **ret_ids);
    for (int i = 0; i < db_count(rows); i++)
        (*ret_ids)[i] = db_id(rows, i, "id");
    return db_rows_status(rows);
}

const struct db_statement sql_paper_count = {
    "paper_count",
    "INSERT INTO paper_copy (letter_id, kind, copy, version, printed_at, account_id, organization_id, batch_id, place)"
    " SELECT n.id, $2, coalesce((SELECT max(p.copy) FROM paper_copy p WHERE p.letter_id = n.id AND p.kind = $2), 0) + "
    "1,"
    "        (SELECT max(version) FROM letter_content_history h WHERE h.letter_id = n.id), $3, $4, $5, $6, n.place"
    "   FROM unnest($1::uuid[]) WITH ORDINALITY AS n (id, place)"
    " RETURNING copy",
};

status_t
paper_count(struct call *call, const struct paper_kind *kind, const struct id *ids, size_t count,
            const struct id *batch, uint32_t *ret_copy)
{
    struct db_args args = { 0 };
    struct db_rows *rows;
    status_t st;

    db_arg_ids(&args, call->arena, ids, count);
    db_arg_text(&args, kind->code);
    db_arg_instant(&args, call->now);
    db_arg_id(&args, &call->actor->account);
    db_arg_id(&args, &call->actor->organization);
    db_arg_id(&args, batch);
    st = db_query(call->db, call->arena, &sql_paper_count, &args, &rows);
    if (st)
        return st;
    *ret_copy = (uint32_t)db_i64(rows, 0, "copy");
    return db_rows_status(rows);
}

#define PAPER_COLUMNS                                                                                                  \
    "p.letter_id, p.kind, p.copy, p.printed_at, p.place, l.number_year, l.number_serial, c.name, c.sex, c.age,"        \
    " c.ethnicity, c.standing, c.identity_sealed, c.telephone_sealed, c.from_branch_name, c.from_committee_name,"      \
    " c.to_committee_name, c.dues_paid_to, c.issued_on, c.validity_days, c.issuer_name, c.issuer_telephone,"           \
    " (SELECT code FROM letter_check k WHERE k.letter_id = p.letter_id) AS code"                                       \
    " FROM paper_copy p JOIN letter l ON l.id = p.letter_id"                                                           \
    " JOIN letter_content_history c ON c.letter_id = p.letter_id AND c.version = p.version"

/* Whoever printed a sheet fetches it, and nobody else: the print is what was judged and audited. */
const struct db_statement sql_paper_find = {
    "paper_find",
    "SELECT " PAPER_COLUMNS " WHERE p.letter_id = $1 AND p.kind = $2 AND p.account_id = $3 AND p.organization_id = $4"
    "   AND ($5 = 0 OR p.copy = $5) ORDER BY p.copy DESC LIMIT 1",
};

status_t
paper_find(struct call *call, const struct id *letter, const struct paper_kind *kind, uint32_t copy,
           struct paper_sheet *ret_sheet)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, letter);
    db_arg_text(&args, kind->code);
    db_arg_id(&args, &call->actor->account);
    db_arg_id(&args, &call->actor->organization);
    db_arg_i64(&args, copy);
    st = db_query_row(call->db, call->arena, &sql_paper_find, &args, &row);
    return st ? st : paper_fill(call->arena, call->state, row, 0, ret_sheet);
}

const struct db_statement sql_paper_page = {
    "paper_page",
    "SELECT " PAPER_COLUMNS " WHERE p.batch_id = $1 AND p.place > $2 ORDER BY p.place LIMIT $3",
};

status_t
paper_page(struct db *db, struct arena *arena, const struct transfers_state *state, const struct id *batch, int place,
           int limit, struct paper_sheet **ret_sheets, int *ret_count)
{
    struct db_args args = { 0 };
    struct db_rows *rows;
    status_t st;

    db_arg_id(&args, batch);
    db_arg_i64(&args, place);
    db_arg_i64(&args, limit);
    st = db_query(db, arena, &sql_paper_page, &args, &rows);
    if (st)
        return st;
    *ret_count = db_count(rows);
    *ret_sheets = arena_array(arena, (size_t)db_count(rows), sizeof **ret_sheets);
    for (int i = 0; !st && i < db_count(rows); i++)
        st = paper_fill(arena, state, rows, i, &(*ret_sheets)[i]);
    return st;
}
