/* SPDX-License-Identifier: Apache-2.0 */
/* Pages of letters, newest first (ids are UUIDv7: newest is greatest). The caller's thread.
 *
 * Two ways through the same question, chosen in the statement by the width of the scope: a narrow one (a branch, a
 * small committee) asks the party index of each of its organizations; a wide one (a district, the city) walks the
 * newest letters and drops the few that are not its own. Either alone would read the whole table for the other's users.
 */
#include "transfers/letters/letter_columns.h"
#include "transfers/store.h"
#include "base/banned.h"

/* Organizations up to which a scope is narrow. */
#define NARROW "500"

/* $3: before, $4: limit */
#define LETTER_PAGE(condition)                                                                                         \
    "WITH scope AS MATERIALIZED (SELECT descendant FROM organization_line WHERE ancestor = $1 LIMIT " NARROW " + 1),"  \
    " width AS MATERIALIZED (SELECT count(*) <= " NARROW " AS narrow FROM scope),"                                     \
    " page AS MATERIALIZED ("                                                                                          \
    "  (SELECT DISTINCT near.letter_id AS id FROM scope CROSS JOIN LATERAL ("                                          \
    "     SELECT p.letter_id FROM letter_party p JOIN letter l ON l.id = p.letter_id"                                  \
    "      WHERE p.organization_id = scope.descendant AND p.letter_id < $3" condition                                  \
    "      ORDER BY p.letter_id DESC LIMIT $4) near"                                                                   \
    "    WHERE (SELECT narrow FROM width) ORDER BY 1 DESC LIMIT $4)"                                                   \
    "  UNION ALL"                                                                                                      \
    "  (SELECT l.id FROM letter l"                                                                                     \
    "    WHERE NOT (SELECT narrow FROM width) AND l.id < $3" condition " AND " LETTER_IN_SCOPE                         \
    "    ORDER BY l.id DESC LIMIT $4))"                                                                                \
    " SELECT " LETTER_COLUMNS ", " LETTER_COVERAGE " FROM page JOIN letter l ON l.id = page.id"                        \
    "  WHERE " LETTER_VISIBLE " ORDER BY l.id DESC LIMIT $4"

const struct db_statement sql_letter_list = { "letter_list", LETTER_PAGE("") };

const struct db_statement sql_letter_list_state = { "letter_list_state", LETTER_PAGE(" AND l.state = $5") };

/* One person has few letters. */
#define LETTERS_OF(person)                                                                                             \
    "SELECT " LETTER_COLUMNS ", " LETTER_COVERAGE " FROM letter l"                                                     \
    " WHERE l.person_id = " person " AND l.id < $3 AND ($5::text IS NULL OR l.state = $5) AND " LETTER_VISIBLE         \
    " ORDER BY l.id DESC LIMIT $4"

const struct db_statement sql_letter_list_member = {
    "letter_list_member",
    LETTERS_OF("(SELECT person_id FROM member WHERE id = $6)"),
};

const struct db_statement sql_letter_list_own = { "letter_list_own", LETTERS_OF("$2") };

static const struct db_statement *
choose(const struct letter_query *query, const struct viewer *viewer)
{
    if (query->member)
        return &sql_letter_list_member;
    if (viewer->person)
        return &sql_letter_list_own;
    return query->state ? &sql_letter_list_state : &sql_letter_list;
}

static void
add_args(struct db_args *args, const struct letter_query *query, const struct viewer *viewer)
{
    db_arg_id(args, viewer->scope);
    db_arg_id(args, viewer->person);
    db_arg_id(args, &query->before);
    db_arg_i64(args, query->limit);
    if (query->state)
        db_arg_text(args, letter_state_code(query->state));
    else if (query->member || viewer->person)
        db_arg_null(args);
    if (query->member)
        db_arg_id(args, query->member);
}

status_t
letters_list(struct call *call, const struct letter_query *query, struct letter_view **ret_views, int *ret_count)
{
    struct viewer viewer = viewer_of(call);
    struct db_args args = { 0 };
    struct db_rows *rows;
    status_t st;

    add_args(&args, query, &viewer);
    st = db_query(call->db, call->arena, choose(query, &viewer), &args, &rows);
    if (st)
        return st;
    *ret_count = db_count(rows);
    *ret_views = arena_array(call->arena, (size_t)*ret_count, sizeof **ret_views);
    for (int i = 0; i < *ret_count; i++) {
        letter_read(rows, i, &(*ret_views)[i]);
        letter_read_coverage(rows, i, &viewer, &(*ret_views)[i].coverage);
    }
    return db_rows_status(rows);
}
