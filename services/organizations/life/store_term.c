/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of terms. */
#include "organizations/life/store_term.h"

#include "base/banned.h"

const struct db_statement sql_term_read = {
    "term_read",
    "SELECT term_ends_on FROM organization WHERE id = $1",
};

status_t
term_read(struct call *call, const struct id *organization, date_t *ret_ends_on)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, organization);
    st = db_query_row(call->db, call->arena, &sql_term_read, &args, &row);
    if (st)
        return st;
    *ret_ends_on = db_date(row, 0, "term_ends_on");
    return db_rows_status(row);
}

const struct db_statement sql_term_write = {
    "term_write",
    "UPDATE organization SET term_ends_on = $2 WHERE id = $1",
};

void
term_write(struct call *call, const struct id *organization, date_t ends_on)
{
    struct db_args args = { 0 };

    db_arg_id(&args, organization);
    db_arg_date(&args, ends_on);
    db_queue(call->db, &sql_term_write, &args);
}
