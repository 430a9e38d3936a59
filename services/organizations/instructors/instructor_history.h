/* SPDX-License-Identifier: Apache-2.0 */
/* What was done to an instructor and to his dispatches: history and audit, queued together. */
#ifndef LIANGXIN_ORGANIZATIONS_INSTRUCTORS_INSTRUCTOR_HISTORY_H
#define LIANGXIN_ORGANIZATIONS_INSTRUCTORS_INSTRUCTOR_HISTORY_H

#include "rpc/call.h"

/* `dispatch` NULL: to the instructor himself. `what` "dispatched", "withdrawn" ...; it names no person. */
void instructor_note(struct call *call, const struct id *instructor, const struct id *dispatch, const char *what);

extern const struct db_statement sql_instructor_history_add;

#endif
