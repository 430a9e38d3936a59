/* SPDX-License-Identifier: Apache-2.0 */
/* Keys for tests. The test's thread. */
#include "support/keys.h"

#include <stdio.h>

#include "base/text.h"
#include "io/clock.h"
#include "rpc/idempotency.h"
#include "support/cmocka_all.h"

const char *
test_key(struct arena *arena, const char *file)
{
    const char *folder = getenv("LIANGXIN_TEST_KEYS");
    char content[8192];
    FILE *stream;
    size_t n;

    if (!folder)
        fail_msg("LIANGXIN_TEST_KEYS is not set: run this test by ops/test");
    stream = fopen(arena_printf(arena, "%s/%s", folder, file), "re");
    if (!stream)
        fail_msg("no key file %s", file);
    n = fread(content, 1, sizeof content, stream);
    fclose(stream);
    return arena_text_slice(arena, text_trim(slice_make(content, n)));
}

struct bus *
test_bus(struct arena *arena, const char *name)
{
    struct bus *bus = NULL;

    seal_init();
    idempotency_open(&(struct seal_key){ { 1 } }); /* for servers that the test itself starts */
    assert_null(bus_open(arena, name, test_key(arena, arena_printf(arena, "%s.curve.secret", name)),
                         test_key(arena, "peers"), &bus));
    return bus;
}

static struct seal_key
read_key(struct arena *arena, const char *file)
{
    struct seal_key key;

    seal_init();
    assert_true(seal_hex_parse(slice_of(test_key(arena, file)), key.bytes, SEAL_KEY));
    return key;
}

struct seal_key
test_actor_seed(struct arena *arena)
{
    return read_key(arena, "actor.secret");
}

struct seal_key
test_actor_public(struct arena *arena)
{
    return read_key(arena, "actor.public");
}

struct slice
test_actor_token(struct arena *arena, const struct id *account, const char *role, const struct id *organization,
                 const char *const *permissions)
{
    struct seal_key seed = test_actor_seed(arena);
    struct actor actor = { .account = *account,
                           .role = role,
                           .organization = *organization,
                           .permissions = permissions,
                           .expires_at_ms = clock_now() / 1000 + ACTOR_LIFE_MS };

    while (permissions && permissions[actor.n_permissions])
        actor.n_permissions++;
    return actor_sign(arena, &seed, &actor);
}
