/* SPDX-License-Identifier: Apache-2.0 */
/* Moves inside one committee. The caller's thread and transaction. */
#include "transfers/store.h"
#include "transfers/transfers.h"
#include "base/banned.h"

#define MOVE_COLUMNS                                                                                                   \
    "m.id, m.version, m.state, m.member_id, m.from_branch_id, m.to_branch_id, m.committee_id, m.note, m.created_at,"   \
    " (SELECT name FROM member WHERE id = m.member_id) AS member_name,"                                                \
    " (SELECT name FROM organization WHERE id = m.from_branch_id) AS from_branch_name,"                                \
    " (SELECT name FROM organization WHERE id = m.to_branch_id) AS to_branch_name"

/* $1: the acting organization. A branch sees what it gives or takes, a committee all of its branches'. */
#define MOVE_VISIBLE                                                                                                   \
    "EXISTS (SELECT FROM organization_line s WHERE s.ancestor = $1"                                                    \
    " AND s.descendant IN (m.from_branch_id, m.to_branch_id, m.committee_id))"

static void
read_move(struct db_rows *rows, int row, struct inner_move *ret_move)
{
    *ret_move = (struct inner_move){ .id = db_id(rows, row, "id"),
                                     .version = db_i64(rows, row, "version"),
                                     .state = inner_move_state_parse(db_text(rows, row, "state")),
                                     .member = db_id(rows, row, "member_id"),
                                     .from_branch = db_id(rows, row, "from_branch_id"),
                                     .to_branch = db_id(rows, row, "to_branch_id"),
                                     .committee = db_id(rows, row, "committee_id"),
                                     .note = db_text(rows, row, "note"),
                                     .created_at = db_instant(rows, row, "created_at"),
                                     .member_name = db_text(rows, row, "member_name"),
                                     .from_branch_name = db_text(rows, row, "from_branch_name"),
                                     .to_branch_name = db_text(rows, row, "to_branch_name") };
}

const struct db_statement sql_move_lock = {
    "move_lock",
    "SELECT " MOVE_COLUMNS ", EXISTS (SELECT FROM organization_line s WHERE s.ancestor = $1"
    " AND s.descendant = m.committee_id) AS decides"
    "  FROM inner_move m WHERE m.id = $2 AND " MOVE_VISIBLE " FOR UPDATE OF m",
};

status_t
move_lock(struct call *call, const struct id *id, struct inner_move *ret_move, bool *ret_decides)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, id);
    st = db_query_row(call->db, call->arena, &sql_move_lock, &args, &row);
    if (st)
        return st;
    read_move(row, 0, ret_move);
    *ret_decides = db_bool(row, 0, "decides");
    return db_rows_status(row);
}

const struct db_statement sql_move_insert = {
    "move_insert",
    "INSERT INTO inner_move AS m (id, version, state, member_id, from_branch_id, to_branch_id, committee_id, note,"
    "            created_at) VALUES ($1, 1, 'asked', $2, $3, $4, $5, $6, $7) RETURNING " MOVE_COLUMNS,
};

status_t
move_insert(struct call *call, struct inner_move *move)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, &move->id);
    db_arg_id(&args, &move->member);
    db_arg_id(&args, &move->from_branch);
    db_arg_id(&args, &move->to_branch);
    db_arg_id(&args, &move->committee);
    db_arg_text(&args, move->note);
    db_arg_instant(&args, move->created_at);
    st = db_query_row(call->db, call->arena, &sql_move_insert, &args, &row);
    if (st)
        return st;
    read_move(row, 0, move);
    return db_rows_status(row);
}

const struct db_statement sql_move_decide = {
    "move_decide",
    "UPDATE inner_move SET version = $2, state = $3, decided_at = $4 WHERE id = $1",
};

void
move_decide(struct call *call, const struct inner_move *move)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &move->id);
    db_arg_i64(&args, move->version);
    db_arg_text(&args, inner_move_state_code(move->state));
    db_arg_instant(&args, call->now);
    db_queue(call->db, &sql_move_decide, &args);
}

/* Organizations up to which a scope is narrow and each is asked by its index; a wider one walks the newest moves. */
#define NARROW "500"

#define NEAR(party)                                                                                                    \
    "(SELECT m.id FROM inner_move m WHERE m." party " = scope.descendant AND m.id < $2"                                \
    "  AND ($3::text IS NULL OR m.state = $3) ORDER BY m.id DESC LIMIT $4)"

#define NEAR_ANY NEAR("committee_id") " UNION ALL " NEAR("from_branch_id") " UNION ALL " NEAR("to_branch_id")

#define MOVE_PAGE                                                                                                      \
    "WITH scope AS MATERIALIZED (SELECT descendant FROM organization_line WHERE ancestor = $1 LIMIT " NARROW " + 1),"  \
    " width AS MATERIALIZED (SELECT count(*) <= " NARROW " AS narrow FROM scope),"                                     \
    " page AS MATERIALIZED ("                                                                                          \
    "  (SELECT DISTINCT near.id FROM scope CROSS JOIN LATERAL (" NEAR_ANY ") near"                                     \
    "    WHERE (SELECT narrow FROM width) ORDER BY 1 DESC LIMIT $4)"                                                   \
    "  UNION ALL"                                                                                                      \
    "  (SELECT m.id FROM inner_move m WHERE NOT (SELECT narrow FROM width) AND m.id < $2"                              \
    "    AND ($3::text IS NULL OR m.state = $3) AND " MOVE_VISIBLE " ORDER BY m.id DESC LIMIT $4))"                    \
    " SELECT " MOVE_COLUMNS " FROM page JOIN inner_move m ON m.id = page.id ORDER BY m.id DESC LIMIT $4"

const struct db_statement sql_move_list = { "move_list", MOVE_PAGE };

status_t
moves_list(struct call *call, const struct id *before, enum inner_move_state state, int limit,
           struct inner_move **ret_moves, int *ret_count)
{
    struct db_args args = { 0 };
    struct db_rows *rows;
    status_t st;

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, before);
    db_arg_text(&args, state ? inner_move_state_code(state) : NULL);
    db_arg_i64(&args, limit);
    st = db_query(call->db, call->arena, &sql_move_list, &args, &rows);
    if (st)
        return st;
    *ret_count = db_count(rows);
    *ret_moves = arena_array(call->arena, (size_t)*ret_count, sizeof **ret_moves);
    for (int i = 0; i < *ret_count; i++)
        read_move(rows, i, &(*ret_moves)[i]);
    return db_rows_status(rows);
}

const struct db_statement sql_move_refuse_asked = {
    "move_refuse_asked",
    "UPDATE inner_move SET state = 'refused', version = version + 1, decided_at = $2"
    " WHERE member_id = $1 AND state = 'asked'"
    " RETURNING id, version, member_id, from_branch_id, to_branch_id, committee_id",
};

status_t
move_refuse_asked(struct db *db, struct arena *arena, const struct id *member, instant_t now,
                  struct inner_move *ret_move)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, member);
    db_arg_instant(&args, now);
    st = db_query_row(db, arena, &sql_move_refuse_asked, &args, &row);
    if (st)
        return st;
    *ret_move = (struct inner_move){ .id = db_id(row, 0, "id"),
                                     .version = db_i64(row, 0, "version"),
                                     .state = INNER_MOVE_REFUSED,
                                     .member = db_id(row, 0, "member_id"),
                                     .from_branch = db_id(row, 0, "from_branch_id"),
                                     .to_branch = db_id(row, 0, "to_branch_id"),
                                     .committee = db_id(row, 0, "committee_id") };
    return db_rows_status(row);
}
