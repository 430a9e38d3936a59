/* SPDX-License-Identifier: Apache-2.0 */
/* Letters in the database: read within scope, locked, written. The caller's thread and transaction. */
#include "base/check.h"
#include "transfers/letters/letter_columns.h"
#include "transfers/store.h"
#include "base/banned.h"

struct viewer
viewer_of(const struct call *call)
{
    bool is_member = strcmp(call->actor->role, "member") == 0;

    return (struct viewer){ .scope = call_scope(call), .person = is_member ? &call->actor->person : NULL };
}

static void
read_names(struct db_rows *rows, int row, struct letter_names *names)
{
    names->member = db_text(rows, row, "member_name");
    names->from_branch = db_text(rows, row, "from_branch_name");
    names->from_committee = db_text(rows, row, "from_committee_name");
    names->to_committee = db_text(rows, row, "to_committee_name");
    names->to_branch = db_text(rows, row, "to_branch_name");
}

static month_t
read_month(struct db_rows *rows, int row, const char *column)
{
    month_t month;

    return month_parse(slice_of(db_text(rows, row, column)), &month) ? month : LETTER_MONTH_NONE;
}

static void
read_issue(struct db_rows *rows, int row, struct letter *letter)
{
    letter->dues_paid_to = read_month(rows, row, "dues_paid_to");
    letter->number.committee = db_id(rows, row, "number_committee_id");
    letter->number.year = (int)db_i64(rows, row, "number_year");
    letter->number.serial = db_i64(rows, row, "number_serial");
    letter->issued_on = db_date(rows, row, "issued_on");
    letter->valid_to = db_date(rows, row, "valid_to");
    letter->opened = db_bool(rows, row, "opened");
    letter->received_at = db_instant(rows, row, "received_at");
    letter->receipt = (struct letter_receipt){ .number = db_text(rows, row, "receipt_number"),
                                               .on = db_date(rows, row, "receipt_on") };
}

void
letter_read(struct db_rows *rows, int row, struct letter_view *ret_view)
{
    struct letter *letter = &ret_view->letter;

    letter->id = db_id(rows, row, "id");
    letter->version = db_i64(rows, row, "version");
    letter->kind = letter_kind_parse(db_text(rows, row, "kind"));
    letter->approver = db_id(rows, row, "approver_id");
    letter->state = letter_state_parse(db_text(rows, row, "state"));
    letter->state_since = db_instant(rows, row, "state_since");
    letter->member = db_id(rows, row, "member_id");
    letter->person = db_id(rows, row, "person_id");
    letter->reason = db_text(rows, row, "reason");
    letter->from_branch = db_id(rows, row, "from_branch_id");
    letter->from_committee = db_id(rows, row, "from_committee_id");
    letter->to_committee = db_id(rows, row, "to_committee_id");
    letter->outside_name = db_text(rows, row, "outside_name");
    letter->to_branch = db_id(rows, row, "to_branch_id");
    letter->replaces = db_id(rows, row, "replaces_id");
    letter->created_at = db_instant(rows, row, "created_at");
    read_issue(rows, row, letter);
    read_names(rows, row, &ret_view->names);
    ret_view->check_code = db_text(rows, row, "check_code");
    ret_view->upper = db_id(rows, row, "upper_id");
    ret_view->to_upper = db_id(rows, row, "to_upper_id");
}

void
letter_read_coverage(struct db_rows *rows, int row, const struct viewer *viewer, struct letter_coverage *ret)
{
    *ret = (struct letter_coverage){ .self = db_bool(rows, row, "is_self") };
    if (viewer->person)
        return; /* a member acts for himself only, wherever his post is */
    ret->from_branch = db_bool(rows, row, "covers_from_branch");
    ret->from_committee = db_bool(rows, row, "covers_from_committee");
    ret->above_from_committee = db_bool(rows, row, "above_from_committee");
    ret->to_committee = db_bool(rows, row, "covers_to_committee");
    ret->above_to_committee = db_bool(rows, row, "above_to_committee");
    ret->to_branch = db_bool(rows, row, "covers_to_branch");
}

static status_t
read_one(struct call *call, const struct db_statement *statement, const struct id *id, struct letter_view *ret_view)
{
    struct viewer viewer = viewer_of(call);
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, viewer.scope);
    db_arg_id(&args, viewer.person);
    db_arg_id(&args, id);
    st = db_query_row(call->db, call->arena, statement, &args, &row);
    if (st)
        return st;
    letter_read(row, 0, ret_view);
    letter_read_coverage(row, 0, &viewer, &ret_view->coverage);
    return db_rows_status(row);
}

const struct db_statement sql_letter_find = {
    "letter_find",
    "SELECT " LETTER_COLUMNS ", " LETTER_COVERAGE " FROM letter l WHERE l.id = $3 AND " LETTER_VISIBLE,
};

status_t
letter_find(struct call *call, const struct id *id, struct letter_view *ret_view)
{
    return read_one(call, &sql_letter_find, id, ret_view);
}

const struct db_statement sql_letter_lock = {
    "letter_lock",
    "SELECT " LETTER_COLUMNS ", " LETTER_COVERAGE " FROM letter l WHERE l.id = $3 AND " LETTER_VISIBLE
    " FOR UPDATE OF l",
};

status_t
letter_lock(struct call *call, const struct id *id, struct letter_view *ret_view)
{
    return read_one(call, &sql_letter_lock, id, ret_view);
}

const struct db_statement sql_letter_lock_open = {
    "letter_lock_open",
    "SELECT " LETTER_COLUMNS " FROM letter l WHERE l.member_id = $1 AND l.state IN ('draft', 'submitted', 'returned',"
    "  'agreed', 'up_review', 'issued', 'recall_asked', 'received', 'file_check', 'refused_in', 'expired', 'lost')"
    " FOR UPDATE OF l",
};

status_t
letter_lock_open(struct db *db, struct arena *arena, const struct id *member, struct letter_view *ret_view)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, member);
    st = db_query_row(db, arena, &sql_letter_lock_open, &args, &row);
    if (st)
        return st;
    *ret_view = (struct letter_view){ 0 };
    letter_read(row, 0, ret_view);
    return db_rows_status(row);
}

/* A nil id is SQL null. */
static void
arg_id(struct db_args *args, const struct id *id)
{
    db_arg_id(args, id_is_nil(id) ? NULL : id);
}

/* The columns that steps change, in one order for both statements. `month` is room for a text that must live until the
 * statement is queued. */
static void
arg_changing(struct db_args *args, const struct letter *letter, char month[MONTH_SIZE])
{
    bool numbered = letter->number.year != 0;

    db_arg_id(args, &letter->id);
    db_arg_i64(args, letter->version);
    db_arg_text(args, letter_state_code(letter->state));
    db_arg_instant(args, letter->state_since);
    arg_id(args, &letter->to_committee);
    arg_id(args, &letter->to_branch);
    if (letter->dues_paid_to != LETTER_MONTH_NONE)
        month_format(letter->dues_paid_to, month);
    db_arg_text(args, letter->dues_paid_to != LETTER_MONTH_NONE ? month : NULL);
    db_arg_id(args, numbered ? &letter->number.committee : NULL);
    if (numbered) {
        db_arg_i64(args, letter->number.year);
        db_arg_i64(args, letter->number.serial);
    } else {
        db_arg_null(args);
        db_arg_null(args);
    }
    db_arg_date(args, letter->issued_on);
    db_arg_date(args, letter->valid_to);
    db_arg_bool(args, letter->opened);
    if (letter->received_at)
        db_arg_instant(args, letter->received_at);
    else
        db_arg_null(args);
    arg_id(args, &letter->approver);
    db_arg_text(args, letter->receipt.number);
    db_arg_date(args, letter->receipt.number ? letter->receipt.on : DATE_NONE);
}

const struct db_statement sql_letter_insert = {
    "letter_insert",
    "INSERT INTO letter (id, version, state, state_since, to_committee_id, to_branch_id, dues_paid_to,"
    "                    number_committee_id, number_year, number_serial, issued_on, valid_to, opened,"
    "                    received_at, approver_id, receipt_number, receipt_on, member_id, person_id, reason,"
    "                    from_branch_id, from_committee_id, replaces_id, created_at, kind, outside_name)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,"
    "         $23, $24, $25, $26)",
};

void
letter_insert(struct db *db, const struct letter *letter)
{
    struct db_args args = { 0 };
    char month[MONTH_SIZE];

    arg_changing(&args, letter, month);
    db_arg_id(&args, &letter->member);
    db_arg_id(&args, &letter->person);
    db_arg_text(&args, letter->reason);
    db_arg_id(&args, &letter->from_branch);
    db_arg_id(&args, &letter->from_committee);
    arg_id(&args, &letter->replaces);
    db_arg_instant(&args, letter->created_at);
    db_arg_text(&args, letter_kind_code(letter->kind));
    db_arg_text(&args, letter->outside_name);
    db_queue(db, &sql_letter_insert, &args);
    letter_add_party(db, &letter->id, &letter->from_branch);
    letter_add_party(db, &letter->id, &letter->from_committee);
    if (!letter->outside_name)
        letter_add_party(db, &letter->id, &letter->to_committee);
}

const struct db_statement sql_letter_update = {
    "letter_update",
    "UPDATE letter SET version = $2, state = $3, state_since = $4, to_committee_id = $5, to_branch_id = $6,"
    "       dues_paid_to = $7, number_committee_id = $8, number_year = $9, number_serial = $10, issued_on = $11,"
    "       valid_to = $12, opened = $13, received_at = $14, approver_id = $15, receipt_number = $16,"
    "       receipt_on = $17"
    " WHERE id = $1",
};

void
letter_update(struct db *db, const struct letter *letter)
{
    struct db_args args = { 0 };
    char month[MONTH_SIZE];

    arg_changing(&args, letter, month);
    db_queue(db, &sql_letter_update, &args);
}

const struct db_statement sql_letter_party = {
    "letter_party",
    "INSERT INTO letter_party (letter_id, organization_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
};

void
letter_add_party(struct db *db, const struct id *letter, const struct id *organization)
{
    struct db_args args = { 0 };

    db_arg_id(&args, letter);
    db_arg_id(&args, organization);
    db_queue(db, &sql_letter_party, &args);
}

const struct db_statement sql_letter_origin = {
    "letter_origin",
    "SELECT from_branch_id FROM letter WHERE id = $1",
};

status_t
letter_origin(struct call *call, const struct letter *letter, struct id *ret_branch)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, &letter->replaces);
    st = db_query_row(call->db, call->arena, &sql_letter_origin, &args, &row);
    if (st)
        return st;
    *ret_branch = db_id(row, 0, "from_branch_id");
    return db_rows_status(row);
}
