/* SPDX-License-Identifier: Apache-2.0 */
/* Who may read a file, judged in the statement. The worker's thread. */
#include "organizations/files/store_file.h"

#include "organizations/state.h"
#include "base/banned.h"

struct file_store
file_store_of(const struct call *call)
{
    const struct organizations_state *state = call->state;

    return (struct file_store){ .db = call->db, .arena = call->arena, .ring = &state->identity_ring, .now = call->now };
}

const struct db_statement sql_file_readable = {
    "file_readable",
    "SELECT f.id FROM file f WHERE f.id = $1 AND f.account_id = $2",
};

status_t
file_readable(struct call *call, const struct id *id, struct stored_file *ret_file)
{
    struct file_store store = file_store_of(call);
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, id);
    db_arg_id(&args, &call->actor->account);
    st = db_query_row(call->db, call->arena, &sql_file_readable, &args, &row);
    return st ? st : file_find(&store, id, ret_file);
}
