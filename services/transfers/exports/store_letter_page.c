/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of the letters' table. The jobs thread.
 *
 * As in letters/store_list.c there are two ways, but a narrow scope is narrower here: each page asks each of its
 * organizations for a whole page, while a wide scope walks all letters once, over all pages together. */
#include "transfers/exports/letter_page.h"
#include "transfers/letters/letter_columns.h"
#include "base/banned.h"

#define NARROW "50"          /* organizations up to which a scope is narrow */
#define MOST   " LIMIT 2001" /* more than any page has; a number the planner can see */

/* $2 state, $3 member, $4 and $5 the days of their beginning. */
#define ASKED_FOR                                                                                                      \
    " ($2::text IS NULL OR l.state = $2)"                                                                              \
    " AND ($3::uuid IS NULL OR l.person_id = (SELECT person_id FROM member WHERE id = $3))"                            \
    " AND ($4::date IS NULL OR l.created_at >= $4::date::timestamp AT TIME ZONE 'Asia/Shanghai')"                      \
    " AND ($5::date IS NULL OR l.created_at < ($5::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')"

#define LETTERS(after, most)                                                                                           \
    "WITH scope AS MATERIALIZED (SELECT descendant FROM organization_line WHERE ancestor = $1 LIMIT " NARROW " + 1),"  \
    " width AS MATERIALIZED (SELECT count(*) <= " NARROW " AS narrow FROM scope),"                                     \
    " found AS MATERIALIZED ("                                                                                         \
    "  (SELECT DISTINCT near.letter_id AS id FROM scope CROSS JOIN LATERAL ("                                          \
    "     SELECT p.letter_id FROM letter_party p JOIN letter l ON l.id = p.letter_id"                                  \
    "      WHERE p.organization_id = scope.descendant AND" ASKED_FOR after " AND " LETTER_IN_SCOPE most ") near"       \
    "    WHERE (SELECT narrow FROM width))"                                                                            \
    "  UNION ALL"                                                                                                      \
    "  (SELECT l.id FROM letter l WHERE NOT (SELECT narrow FROM width) AND" ASKED_FOR after                            \
    " AND " LETTER_IN_SCOPE most "))"

const struct db_statement sql_letter_export_count = {
    "letter_export_count",
    LETTERS("", "") " SELECT count(*) AS n FROM found",
};

/* What a letter says stands in its content; before it is issued, in the directory. */
const struct db_statement sql_letter_export_page = {
    "letter_export_page",
    LETTERS(" AND l.id < coalesce($6::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')", " ORDER BY l.id DESC" MOST) //
    " SELECT l.id AS key, l.id AS letter_id, l.state, l.reason, l.number_year, l.number_serial, l.issued_on, "
    "l.valid_to,"
    "        l.received_at, l.created_at, l.state_since, coalesce(c.dues_paid_to, l.dues_paid_to) AS dues_paid_to,"
    "        coalesce(c.name, (SELECT name FROM member WHERE id = l.member_id)) AS name, c.sex, c.standing,"
    "        c.identity_sealed,"
    "        coalesce(c.from_branch_name, (SELECT name FROM organization WHERE id = l.from_branch_id))"
    "          AS from_branch_name,"
    "        coalesce(c.from_committee_name, (SELECT name FROM organization WHERE id = l.from_committee_id))"
    "          AS from_committee_name,"
    "        coalesce(c.to_committee_name, (SELECT name FROM organization WHERE id = l.to_committee_id),"
    "                 l.outside_name) AS to_committee_name,"
    "        (SELECT name FROM organization WHERE id = l.to_branch_id) AS to_branch_name"
    "   FROM found f JOIN letter l ON l.id = f.id"
    "   LEFT JOIN LATERAL (SELECT h.* FROM letter_content_history h WHERE h.letter_id = l.id"
    "                       ORDER BY h.version DESC LIMIT 1) c ON true"
    "  ORDER BY l.id DESC LIMIT $7",
};

static void
arg_wish(struct db_args *args, const struct letter_wish *wish)
{
    db_arg_id(args, wish->scope);
    db_arg_text(args, wish->state);
    db_arg_text(args, wish->member);
    db_arg_date(args, wish->since);
    db_arg_date(args, wish->until);
}

status_t
letters_count(struct db *db, struct arena *arena, const struct letter_wish *wish, int64_t *ret_count)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    arg_wish(&args, wish);
    st = db_query_row(db, arena, &sql_letter_export_count, &args, &row);
    if (st)
        return st;
    *ret_count = db_i64(row, 0, "n");
    return db_rows_status(row);
}

status_t
letters_page(struct db *db, struct arena *arena, const struct letter_wish *wish, const char *after, int limit,
             struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    arg_wish(&args, wish);
    db_arg_text(&args, after);
    db_arg_i64(&args, limit);
    return db_query(db, arena, &sql_letter_export_page, &args, ret_rows);
}
