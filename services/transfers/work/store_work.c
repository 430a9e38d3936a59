/* SPDX-License-Identifier: Apache-2.0 */
/* Open work of one organization, newest first. What is its turn is told by rules: rows of a table that the statement
 * gets as arrays (one for each state of a kind: whose turn, and before which moment the state must have begun). The
 * caller's thread. */
#include "transfers/letters/letter_columns.h"
#include "transfers/store.h"
#include "transfers/work/work.h"
#include "base/banned.h"

#define COUNT_LIMIT 1000

/* $1: acting organization, $2: person or null, $3: before, $4: limit, $5...: rules */
#define RULES                                                                                                          \
    "WITH rule AS (SELECT * FROM unnest($5::text[], $6::text[], $7::text[], $8::text[]::timestamptz[], $9::text[])"    \
    "  AS r (state, party, basis, before, kind))"

#define PARTY_OF_TURN                                                                                                  \
    "CASE r.party WHEN 'sending_branch' THEN l.from_branch_id WHEN 'sending_committee' THEN l.from_committee_id"       \
    " WHEN 'receiving_committee' THEN l.to_committee_id WHEN 'receiving_branch' THEN l.to_branch_id"                   \
    " WHEN 'upper' THEN (" LETTER_UPPER ") END"

#define BEGAN                                                                                                          \
    "CASE r.basis WHEN 'state' THEN l.state_since WHEN 'receipt' THEN l.received_at"                                   \
    " WHEN 'validity' THEN l.valid_to::timestamp AT TIME ZONE 'Asia/Shanghai' END"

#define OWN_LETTERS                                                                                                    \
    " FROM letter_party p JOIN letter l ON l.id = p.letter_id JOIN rule r ON r.state = l.state AND r.kind = l.kind"    \
    " WHERE p.organization_id = $1 AND p.letter_id < $3 AND " LETTER_VISIBLE

/* A review from above is asked of who is no party: there are few of them at any time. */
#define TURN                                                                                                           \
    RULES ", mine AS (SELECT l.id" OWN_LETTERS " AND " PARTY_OF_TURN " = $1"                                           \
          "  AND (r.before IS NULL OR " BEGAN " < r.before)"                                                           \
          " UNION SELECT l.id FROM rule r JOIN letter l ON l.state = r.state AND l.kind = r.kind"                      \
          "  WHERE r.party = 'upper' AND l.id < $3 AND " PARTY_OF_TURN " = $1"                                         \
          "   AND (r.before IS NULL OR " BEGAN " < r.before))"

#define ELSEWHERE RULES ", mine AS (SELECT l.id" OWN_LETTERS " AND " PARTY_OF_TURN " IS DISTINCT FROM $1)"

#define ENDED                                                                                                          \
    RULES ", mine AS (SELECT l.id" OWN_LETTERS " AND EXISTS (SELECT FROM letter_history h WHERE h.letter_id = l.id"    \
          "  AND h.at >= l.created_at AND h.organization_id = $1))"

#define PAGE                                                                                                           \
    " SELECT " LETTER_COLUMNS " FROM (SELECT id FROM mine ORDER BY id DESC LIMIT $4) page JOIN letter l USING (id)"    \
    " ORDER BY l.id DESC"

#define NUMBER " SELECT count(*) AS n FROM (SELECT FROM mine LIMIT $4) few"

const struct db_statement sql_work_turn = { "work_turn", TURN PAGE };
const struct db_statement sql_work_elsewhere = { "work_elsewhere", ELSEWHERE PAGE };
const struct db_statement sql_work_ended = { "work_ended", ENDED PAGE };
const struct db_statement sql_work_turn_count = { "work_turn_count", TURN NUMBER };
const struct db_statement sql_work_elsewhere_count = { "work_elsewhere_count", ELSEWHERE NUMBER };
const struct db_statement sql_work_ended_count = { "work_ended_count", ENDED NUMBER };

static const struct {
    const struct db_statement *page;
    const struct db_statement *count;
} statements[] = {
    [WORK_TURN] = { &sql_work_turn, &sql_work_turn_count },
    [WORK_ELSEWHERE] = { &sql_work_elsewhere, &sql_work_elsewhere_count },
    [WORK_ENDED] = { &sql_work_ended, &sql_work_ended_count },
};

static const char *const bases[] = {
    [WORK_ALWAYS] = NULL, [WORK_BY_STATE] = "state", [WORK_BY_RECEIPT] = "receipt", [WORK_BY_VALIDITY] = "validity"
};

static const char *
party_code(unsigned turn)
{
    switch (turn) {
#define X(name, bit, code)                                                                                             \
    case ACTOR_##name:                                                                                                 \
        return code;
        LETTER_ACTORS(X)
#undef X
    default:
        return NULL;
    }
}

static void
arg_rules(struct db_args *args, struct arena *arena, const struct work_rules *rules)
{
    const char *columns[5][WORK_RULES];

    for (size_t i = 0; i < rules->count; i++) {
        const struct work_rule *rule = &rules->rule[i];
        char at[INSTANT_SIZE];

        instant_format(rule->before, at);
        columns[0][i] = letter_state_code(rule->state);
        columns[1][i] = party_code(letter_turn(rule->kind, rule->state));
        columns[2][i] = bases[rule->basis];
        columns[3][i] = rule->basis == WORK_ALWAYS ? NULL : arena_text(arena, at);
        columns[4][i] = letter_kind_code(rule->kind);
    }
    for (size_t column = 0; column < sizeof columns / sizeof *columns; column++)
        db_arg_texts(args, arena, columns[column], rules->count);
}

static void
add_args(struct call *call, struct db_args *args, const struct viewer *viewer, const struct work_rules *rules,
         const struct id *before, int limit)
{
    db_arg_id(args, viewer->scope);
    db_arg_id(args, viewer->person);
    db_arg_id(args, before);
    db_arg_i64(args, limit);
    arg_rules(args, call->arena, rules);
}

status_t
work_list(struct call *call, const struct work_rules *rules, const struct id *before, int limit,
          struct letter_view **ret_views, int *ret_count)
{
    struct viewer viewer = viewer_of(call);
    struct db_args args = { 0 };
    struct db_rows *rows;
    status_t st;

    add_args(call, &args, &viewer, rules, before, limit);
    st = db_query(call->db, call->arena, statements[rules->way].page, &args, &rows);
    if (st)
        return st;
    *ret_count = db_count(rows);
    *ret_views = arena_array(call->arena, (size_t)*ret_count, sizeof **ret_views);
    for (int i = 0; i < *ret_count; i++)
        letter_read(rows, i, &(*ret_views)[i]);
    return db_rows_status(rows);
}

status_t
work_count(struct call *call, const struct work_rules *rules, uint32_t *ret_count)
{
    struct viewer viewer = viewer_of(call);
    struct db_args args = { 0 };
    struct db_rows *row;
    struct id newest;
    status_t st;

    memset(newest.bytes, 0xff, ID_BYTES);
    add_args(call, &args, &viewer, rules, &newest, COUNT_LIMIT);
    st = db_query_row(call->db, call->arena, statements[rules->way].count, &args, &row);
    if (st)
        return st;
    *ret_count = (uint32_t)db_i64(row, 0, "n");
    return db_rows_status(row);
}
