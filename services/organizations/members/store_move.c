/* SPDX-License-Identifier: Apache-2.0 */
/* Moves and open letters in the database. Runs on the follower's thread. */
#include "organizations/members/store_move.h"

#include "organizations/organizations/organization_ledger.h"
#include "organizations/words.h"
#include "base/banned.h"

const struct db_statement sql_open_letter_put = {
    "open_letter_put",
    "INSERT INTO open_letter (letter_id, member_id, number, to_organization_id) VALUES ($1, $2, $3, $4)"
    " ON CONFLICT (letter_id) DO UPDATE SET number = excluded.number,"
    "    to_organization_id = excluded.to_organization_id",
};

void
open_letter_put(struct db *db, const struct id *letter, const struct id *member, const char *number,
                const struct id *to)
{
    struct db_args args = { 0 };

    db_arg_id(&args, letter);
    db_arg_id(&args, member);
    db_arg_text(&args, number);
    db_arg_id(&args, to);
    db_queue(db, &sql_open_letter_put, &args);
}

const struct db_statement sql_open_letter_remove = {
    "open_letter_remove",
    "DELETE FROM open_letter WHERE letter_id = $1",
};

void
open_letter_remove(struct db *db, const struct id *letter)
{
    struct db_args args = { 0 };

    db_arg_id(&args, letter);
    db_queue(db, &sql_open_letter_remove, &args);
}

const struct db_statement sql_moving_member_lock = {
    "moving_member_lock",
    "SELECT m.person_id, p.name, m.standing, m.version, m.status, m.organization_id, m.duty, m.duty_since, "
    "s.letter_id, o.kind AS to_kind,"
    "       o.dissolved_on IS NOT NULL AS to_dissolved"
    "  FROM member m"
    "  JOIN person p ON p.id = m.person_id"
    "  LEFT JOIN membership s ON s.member_id = m.id AND s.until IS NULL"
    "  LEFT JOIN organization o ON o.id = $2"
    " WHERE m.id = $1"
    "   FOR UPDATE OF m",
};

status_t
moving_member_lock(struct db *db, struct arena *arena, const struct move *move, date_t today,
                   struct moving_member *ret_member)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    organization_hold(db, &move->to);
    db_arg_id(&args, &move->member);
    db_arg_id(&args, &move->to);
    st = db_query_row(db, arena, &sql_moving_member_lock, &args, &row);
    if (st)
        return st;
    *ret_member = (struct moving_member){
        .person = db_id(row, 0, "person_id"),
        .name = db_text(row, 0, "name"),
        .standing = word_of_code(standings, db_text(row, 0, "standing")),
        .version = db_i64(row, 0, "version"),
        .duty_since = db_is_null(row, 0, "duty") ? db_date(row, 0, "duty_since") : today,
        .facts = { .organization = db_id(row, 0, "organization_id"),
                   .active = strcmp(db_text(row, 0, "status"), "active") == 0,
                   .arrived_by = db_id(row, 0, "letter_id"),
                   .to_known = !db_is_null(row, 0, "to_kind"),
                   .to_dissolved = db_bool(row, 0, "to_dissolved"),
                   .to_kind = word_of_code(organization_kinds, db_text(row, 0, "to_kind")) },
    };
    return db_rows_status(row);
}

const struct db_statement sql_membership_close = {
    "membership_close",
    "UPDATE membership SET until = $2 WHERE member_id = $1 AND until IS NULL",
};

const struct db_statement sql_membership_open = {
    "membership_open",
    "INSERT INTO membership (member_id, since, organization_id, letter_id) VALUES ($1, $2, $3, $4)",
};

const struct db_statement sql_member_move = {
    "member_move",
    "UPDATE member SET organization_id = $2, unit_id = NULL, duty = NULL,"
    "       duty_since = CASE WHEN duty IS NULL THEN duty_since ELSE $3::date END, version = version + 1 WHERE id = $1",
};

void
member_move(struct db *db, const struct move *move, instant_t now)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &move->member);
    db_arg_instant(&args, now);
    db_queue(db, &sql_membership_close, &args);
    db_arg_id(&args, &move->to);
    db_arg_id(&args, &move->letter);
    db_queue(db, &sql_membership_open, &args);
    args = (struct db_args){ 0 };
    db_arg_id(&args, &move->member);
    db_arg_id(&args, &move->to);
    db_arg_date(&args, instant_date(now));
    db_queue(db, &sql_member_move, &args);
}
