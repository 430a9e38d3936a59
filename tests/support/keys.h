/* SPDX-License-Identifier: Apache-2.0 */
/* The keys that ops/test made for this run (LIANGXIN_TEST_KEYS). */
#ifndef LIANGXIN_TESTS_KEYS_H
#define LIANGXIN_TESTS_KEYS_H

#include "io/bus.h"
#include "io/seal.h"
#include "rpc/actor.h"

/* The content of a key file, in `arena`; fails the test when there is none. */
const char *test_key(struct arena *arena, const char *file);
/* A bus as the named process ("transfers", "gateway", "operator"). */
struct bus *test_bus(struct arena *arena, const char *name);
/* The pair that signs and verifies actor tokens. */
struct seal_key test_actor_seed(struct arena *arena);
struct seal_key test_actor_public(struct arena *arena);
/* A token of somebody with these permissions (NULL-terminated) at an organization, valid for 30 seconds. */
struct slice test_actor_token(struct arena *arena, const struct id *account, const char *role,
                              const struct id *organization, const char *const *permissions);

#endif
