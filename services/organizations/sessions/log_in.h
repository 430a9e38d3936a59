/* SPDX-License-Identifier: Apache-2.0 */
/* Steps of a log-in that a change of password takes too, and the prepare steps of both. */
#ifndef LIANGXIN_ORGANIZATIONS_SESSIONS_LOG_IN_H
#define LIANGXIN_ORGANIZATIONS_SESSIONS_LOG_IN_H

#include "io/clock.h"
#include "rpc/call.h"

/* Under what refusals of a name are counted. */
struct slice log_in_key(struct call *call, const char *name);
/* LOG_IN_WAIT while the wait after refusals lasts; `facts` as log_in_facts gives them. */
status_t log_in_may_try(struct call *call, struct db_rows *facts);
/* WRONG_LOG_IN (counted) unless this is the password, or the one-time code, of an account that may be used. */
status_t log_in_check(struct call *call, struct db_rows *facts, struct slice key, const char *typed, bool *ret_by_code);

status_t prepare_log_in(struct call *call, const ProtobufCMessage *message);
status_t prepare_change_password(struct call *call, const ProtobufCMessage *message);

#endif
