/* SPDX-License-Identifier: Apache-2.0 */
/* A command asked twice is done once. (account, key) -> request hash and reply, stored in the effect's transaction, so
 * that even a process killed between COMMIT and its answer gives the same answer again. A refusal is not stored. */
#ifndef LIANGXIN_RPC_IDEMPOTENCY_H
#define LIANGXIN_RPC_IDEMPOTENCY_H

#include "rpc/call.h"

/* Stored answers may hold names, even a token that is told once: they are sealed with a key derived from `key`, the
 * same for all instances of a service. Once, before threads. */
void idempotency_open(const struct seal_key *key);

/* Days an answer is kept. */
#define IDEMPOTENCY_DAYS 7

/* Begins: takes the key's lock (waiting at most lock_timeout, then BUSY) and looks for a stored answer, in the same
 * round trip as whatever is queued. OK with *ret_found false: go on. Found: *ret_reply is the packed answer. The same
 * key with another body is KEY_REUSED. `body` is the packed request. */
status_t idempotency_begin(struct call *call, struct slice body, bool *ret_found, struct slice *ret_reply);
/* Queues the answer for storing. */
void idempotency_store(struct call *call, struct slice body, struct slice reply);

#endif
