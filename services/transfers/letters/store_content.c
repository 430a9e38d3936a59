/* SPDX-License-Identifier: Apache-2.0 */
/* What issued letters say, and their numbers. The caller's thread and transaction. */
#include "transfers/transfers.h"
#include "transfers/store.h"
#include "base/banned.h"

const struct db_statement sql_content_insert = {
    "content_insert",
    "INSERT INTO letter_content_history (letter_id, version, name, sex, age, ethnicity, standing, identity_sealed,"
    "            telephone_sealed, from_branch_name, from_committee_name, to_committee_name, dues_paid_to, issued_on,"
    "            validity_days, issuer_id, issuer_name, issuer_telephone)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
};

static void
arg_person(struct db_args *args, const struct letter_content *content, date_t today)
{
    db_arg_text(args, content->name);
    db_arg_text(args, content->sex);
    db_arg_i64(args, date_age(content->born_on, today));
    db_arg_text(args, content->ethnicity);
    db_arg_text(args, content->standing);
    db_arg_bytes(args, content->identity);
    if (content->telephone.data)
        db_arg_bytes(args, content->telephone);
    else
        db_arg_null(args);
}

void
content_add(struct call *call, const struct letter_view *view, const struct letter_content *content,
            const struct organization_facts *issuer)
{
    const struct letter *letter = &view->letter;
    struct db_args args = { 0 };
    char dues[MONTH_SIZE];

    month_format(letter->dues_paid_to, dues);
    db_arg_id(&args, &letter->id);
    db_arg_i64(&args, letter->version);
    arg_person(&args, content, call->today);
    db_arg_text(&args, view->names.from_branch);
    db_arg_text(&args, view->names.from_committee);
    db_arg_text(&args, view->names.to_committee);
    db_arg_text(&args, dues);
    db_arg_date(&args, letter->issued_on);
    db_arg_i64(&args, letter->valid_to - letter->issued_on);
    db_arg_id(&args, &issuer->id);
    db_arg_text(&args, issuer->name);
    db_arg_text(&args, content->issuer_telephone);
    db_queue(call->db, &sql_content_insert, &args);
}

const struct db_statement sql_content_readdress = {
    "content_readdress",
    "INSERT INTO letter_content_history (letter_id, version, name, sex, age, ethnicity, standing, identity_sealed,"
    "            telephone_sealed, from_branch_name, from_committee_name, to_committee_name, dues_paid_to, issued_on,"
    "            validity_days, issuer_id, issuer_name, issuer_telephone)"
    " SELECT letter_id, $2, name, sex, age, ethnicity, standing, identity_sealed, telephone_sealed, from_branch_name,"
    "        from_committee_name, $3, dues_paid_to, issued_on, validity_days, issuer_id, issuer_name, issuer_telephone"
    "   FROM letter_content_history WHERE letter_id = $1 ORDER BY version DESC LIMIT 1",
};

void
content_readdress(struct db *db, const struct letter_view *view)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &view->letter.id);
    db_arg_i64(&args, view->letter.version);
    db_arg_text(&args, view->names.to_committee);
    db_queue(db, &sql_content_readdress, &args);
}

const struct db_statement sql_counter_take = {
    "counter_take",
    "INSERT INTO letter_counter AS c (committee_id, year, last) VALUES ($1, $2, 1)"
    " ON CONFLICT (committee_id, year) DO UPDATE SET last = c.last + 1 RETURNING last",
};

status_t
number_take(struct call *call, const struct id *committee, int year, struct letter_number *ret_number)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, committee);
    db_arg_i64(&args, year);
    st = db_query_row(call->db, call->arena, &sql_counter_take, &args, &row);
    if (st)
        return st;
    *ret_number = (struct letter_number){ .committee = *committee, .year = year, .serial = db_i64(row, 0, "last") };
    return db_rows_status(row);
}

/* Locks the row, so that what follows sees every letter numbered from it. */
const struct db_statement sql_counter_lock = {
    "counter_lock",
    "INSERT INTO letter_counter AS c (committee_id, year, last) VALUES ($1, $2, 0)"
    " ON CONFLICT (committee_id, year) DO UPDATE SET last = c.last RETURNING last",
};

status_t
counter_lock(struct call *call, const struct id *committee, int year, int64_t *ret_last)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, committee);
    db_arg_i64(&args, year);
    st = db_query_row(call->db, call->arena, &sql_counter_lock, &args, &row);
    if (st)
        return st;
    *ret_last = db_i64(row, 0, "last");
    return db_rows_status(row);
}

const struct db_statement sql_counter_set = {
    "counter_set",
    "UPDATE letter_counter SET last = $3 WHERE committee_id = $1 AND year = $2 AND NOT EXISTS ("
    " SELECT FROM letter WHERE number_committee_id = $1 AND number_year = $2) RETURNING last",
};

status_t
counter_set(struct call *call, const struct id *committee, int year, int64_t last, int64_t *ret_before)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st = counter_lock(call, committee, year, ret_before);

    if (st)
        return st;
    db_arg_id(&args, committee);
    db_arg_i64(&args, year);
    db_arg_i64(&args, last);
    st = db_query_row(call->db, call->arena, &sql_counter_set, &args, &row);
    if (st && status_is(st, PROBLEM_NOT_FOUND))
        return status_detail(call->arena, PROBLEM_STATE_FORBIDS, "a letter of this year has its number already");
    return st;
}
