/* SPDX-License-Identifier: Apache-2.0 */
/* History of instructors, insert-only. On the worker's thread, in its transaction. */
#include "organizations/instructors/instructor_history.h"

#include "io/clock.h"
#include "rpc/audit.h"
#include "base/banned.h"

const struct db_statement sql_instructor_history_add = {
    "instructor_history_add",
    "INSERT INTO instructor_history (id, instructor_id, dispatch_id, at, account_id, role, organization_id, what)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
};

void
instructor_note(struct call *call, const struct id *instructor, const struct id *dispatch, const char *what)
{
    struct id id = clock_id();
    struct db_args args = { 0 };

    db_arg_id(&args, &id);
    db_arg_id(&args, instructor);
    db_arg_id(&args, dispatch);
    db_arg_instant(&args, call->now);
    db_arg_id(&args, &call->actor->account);
    db_arg_text(&args, call->actor->role);
    db_arg_id(&args, &call->actor->organization);
    db_arg_text(&args, what);
    db_queue(call->db, &sql_instructor_history_add, &args);
    audit_add(call, &(struct audit_entry){ .object = dispatch ? "dispatch" : "instructor",
                                           .id = dispatch ? dispatch : instructor,
                                           .after = slice_of(what) });
}
