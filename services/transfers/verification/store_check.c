/* SPDX-License-Identifier: Apache-2.0 */
/* Check codes in the database. The caller's thread and transaction. */
#include "transfers/store.h"
#include "transfers/transfers.h"
#include "base/banned.h"

const struct db_statement sql_check_add = {
    "check_add",
    "INSERT INTO letter_check (letter_id, code) VALUES ($1, $2)",
};

void
check_add(struct db *db, const struct id *letter, const char *code)
{
    struct db_args args = { 0 };

    db_arg_id(&args, letter);
    db_arg_text(&args, code);
    db_queue(db, &sql_check_add, &args);
}

/* The letter as it is now, but the words it was issued with: names may have changed since. No scope: the code is it. */
const struct db_statement sql_check_find = {
    "check_find",
    "SELECT l.state, l.number_committee_id, l.number_year, l.number_serial, l.issued_on, l.valid_to,"
    "       c.name, c.from_committee_name, c.to_committee_name"
    "  FROM letter_check k JOIN letter l ON l.id = k.letter_id"
    "  JOIN LATERAL (SELECT name, from_committee_name, to_committee_name FROM letter_content_history h"
    "                 WHERE h.letter_id = l.id ORDER BY h.version DESC LIMIT 1) c ON true"
    " WHERE k.code = $1",
};

status_t
check_find(struct call *call, const char *code, struct checked_letter *ret_letter)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_text(&args, code);
    st = db_query_row(call->db, call->arena, &sql_check_find, &args, &row);
    if (st)
        return st;
    *ret_letter = (struct checked_letter){
        .state = letter_state_parse(db_text(row, 0, "state")),
        .number = { .committee = db_id(row, 0, "number_committee_id"),
                    .year = (int)db_i64(row, 0, "number_year"),
                    .serial = db_i64(row, 0, "number_serial") },
        .issued_on = db_date(row, 0, "issued_on"),
        .valid_to = db_date(row, 0, "valid_to"),
        .member = db_text(row, 0, "name"),
        .from_committee = db_text(row, 0, "from_committee_name"),
        .to_committee = db_text(row, 0, "to_committee_name"),
    };
    return db_rows_status(row);
}
