/* SPDX-License-Identifier: Apache-2.0 */
/* Members who leave. The caller's thread and transaction. */
#include "organizations/members/store_leave.h"

#include "organizations/members/store_move.h"
#include "organizations/words.h"
#include "base/banned.h"

const struct db_statement sql_leaving_member_lock = {
    "leaving_member_lock",
    "SELECT m.person_id, m.organization_id, p.name, m.standing, m.version, m.status, m.joined_on, m.duty, "
    "m.duty_since, l.number AS letter"
    "  FROM member m JOIN person p ON p.id = m.person_id"
    "  LEFT JOIN open_letter l ON l.member_id = m.id"
    " WHERE m.id = $1 AND ($2::uuid IS NULL OR EXISTS (SELECT FROM organization_scope s"
    "       WHERE s.descendant = m.organization_id AND s.ancestor = $2 AND s.writes))"
    "   FOR UPDATE OF m",
};

status_t
leaving_member_lock(struct db *db, struct arena *arena, const struct id *id, const struct id *scope,
                    struct leaving_member *ret_member)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, id);
    db_arg_id(&args, scope);
    st = db_query_row(db, arena, &sql_leaving_member_lock, &args, &row);
    if (st)
        return st;
    *ret_member = (struct leaving_member){
        .person = db_id(row, 0, "person_id"),
        .organization = db_id(row, 0, "organization_id"),
        .name = db_text(row, 0, "name"),
        .standing = word_of_code(standings, db_text(row, 0, "standing")),
        .version = db_i64(row, 0, "version"),
        .facts = { .status = (enum member_status)word_of_code(member_statuses, db_text(row, 0, "status")),
                   .joined_on = db_date(row, 0, "joined_on"),
                   .letter_open = !db_is_null(row, 0, "letter") },
        .duty = db_text(row, 0, "duty"),
        .duty_since = db_date(row, 0, "duty_since"),
        .letter = db_text(row, 0, "letter"),
    };
    return db_rows_status(row);
}

const struct db_statement sql_member_leave = {
    "member_leave",
    "UPDATE member SET status = $2, left_on = $3, version = $4, floating = false WHERE id = $1",
};

const struct db_statement sql_member_status_add = {
    "member_status_add",
    "INSERT INTO member_status_history (member_id, status, since, version, organization_id, letter_id, at, account_id,"
    "                                   role, note)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
};

static void
close_membership(struct db *db, const struct leave *leave)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &leave->member);
    db_arg_instant(&args, leave->at);
    db_queue(db, &sql_membership_close, &args);
}

void
member_leave(struct db *db, const struct leave *leave)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &leave->member);
    db_arg_text(&args, word_code(member_statuses, (int)leave->becomes));
    db_arg_date(&args, leave->on);
    db_arg_i64(&args, leave->version);
    db_queue(db, &sql_member_leave, &args);
    db_arg_id(&args, &leave->organization);
    db_arg_id(&args, leave->letter);
    db_arg_instant(&args, leave->at);
    db_arg_id(&args, leave->actor ? &leave->actor->account : NULL);
    db_arg_text(&args, leave->actor ? leave->actor->role : "system");
    db_arg_text(&args, leave->note);
    db_queue(db, &sql_member_status_add, &args);
    close_membership(db, leave);
}
