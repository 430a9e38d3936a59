/* SPDX-License-Identifier: Apache-2.0 */
/* Actor tokens: who is believed, for how long, and who is not. */
#include "support/cmocka_all.h"

#include "rpc/actor.h"

#define NOW INT64_C(1800000000000)

static struct arena *arena;
static struct actor_cache *cache;
static struct seal_key seed;
static struct seal_key public_key;
static const char *const permissions[] = { "letters.issue", "letters.read" };

static struct actor
clerk(void)
{
    return (struct actor){ .account = { { 1 } },
                           .role = "committee_clerk",
                           .organization = { { 2 } },
                           .person = { { 3 } },
                           .permissions = permissions,
                           .n_permissions = 2,
                           .expires_at_ms = NOW + ACTOR_LIFE_MS,
                           .session_hash = slice_of("session") };
}

static status_t
verify(struct slice token, int64_t now_ms, struct actor *ret_actor)
{
    return actor_verify(arena, &public_key, cache, token, now_ms, ret_actor);
}

static void
refused(struct slice token, int64_t now_ms)
{
    struct actor actor;

    assert_true(status_is(verify(token, now_ms, &actor), PROBLEM_UNAUTHENTIC));
}

static void
test_a_signed_token_tells_who_acts(void **state)
{
    struct actor from = clerk();
    struct actor actor;

    (void)state;
    assert_null(verify(actor_sign(arena, &seed, &from), NOW, &actor));
    assert_true(id_equal(&actor.account, &from.account));
    assert_true(id_equal(&actor.organization, &from.organization));
    assert_true(id_equal(&actor.person, &from.person));
    assert_string_equal(actor.role, "committee_clerk");
    assert_true(slice_is(actor.session_hash, "session"));
    assert_int_equal(actor.expires_at_ms, NOW + ACTOR_LIFE_MS);
}

static void
test_it_may_what_it_lists_and_nothing_else(void **state)
{
    struct actor from = clerk();
    struct actor actor;

    (void)state;
    assert_null(verify(actor_sign(arena, &seed, &from), NOW, &actor));
    assert_true(actor_may(&actor, "letters.issue"));
    assert_true(actor_may(&actor, "letters.read"));
    assert_false(actor_may(&actor, "letters"));
    assert_false(actor_may(&actor, "letters.issue.all"));
    assert_false(actor_may(&actor, ""));
}

static void
test_it_ends_at_its_expiry_also_when_it_is_remembered(void **state)
{
    struct actor from = clerk();
    struct slice token = actor_sign(arena, &seed, &from);
    struct actor actor;

    (void)state;
    assert_null(verify(token, from.expires_at_ms - 1, &actor));
    refused(token, from.expires_at_ms);
    refused(token, from.expires_at_ms + 1000);
    assert_null(verify(token, from.expires_at_ms - 1, &actor));
}

static void
test_no_bit_may_be_changed(void **state)
{
    struct actor from = clerk();
    struct slice token = actor_sign(arena, &seed, &from);
    struct actor actor;

    (void)state;
    assert_null(verify(token, NOW, &actor)); /* the cache knows the good one: it must not help the bad ones */
    for (size_t i = 0; i < token.size * 8; i++) {
        char *copy = arena_copy(arena, token.data, token.size);

        copy[i / 8] = (char)(copy[i / 8] ^ 1 << i % 8);
        refused(slice_make(copy, token.size), NOW);
    }
}

static void
test_a_token_cut_short_is_refused(void **state)
{
    struct actor from = clerk();
    struct slice token = actor_sign(arena, &seed, &from);

    (void)state;
    for (size_t size = 0; size < token.size; size++)
        refused(slice_make(token.data, size), NOW);
    refused(slice_make(arena_printf(arena, "%*s", 300, ""), 300), NOW);
}

static void
test_another_key_signs_in_vain(void **state)
{
    struct seal_key stranger = seed;
    struct actor from = clerk();

    (void)state;
    stranger.bytes[0] ^= 1;
    refused(actor_sign(arena, &stranger, &from), NOW);
}

static void
test_a_signature_made_for_another_purpose_does_not_fit(void **state)
{
    struct actor from = clerk();
    struct slice token = actor_sign(arena, &seed, &from);
    size_t body = token.size - SEAL_SIGNATURE;
    char *forged = arena_copy(arena, token.data, token.size);

    (void)state;
    seal_sign(&seed, slice_make(token.data, body), (uint8_t *)forged + body);
    refused(slice_make(forged, token.size), NOW);
}

static void
test_ids_of_another_size_are_refused_though_signed(void **state)
{
    /* account_id of 1 byte, organization_id missing, expiry far away */
    static const char body[] = "\x0A\x01\x01\x28\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F";
    static const char purpose[] = "liangxin.actor.v1";
    size_t size = sizeof body - 1;
    char *message = arena_alloc(arena, sizeof purpose + size);
    char *token = arena_alloc(arena, size + SEAL_SIGNATURE);

    (void)state;
    memcpy(message, purpose, sizeof purpose);
    memcpy(message + sizeof purpose, body, size);
    memcpy(token, body, size);
    seal_sign(&seed, slice_make(message, sizeof purpose + size), (uint8_t *)token + size);
    refused(slice_make(token, size + SEAL_SIGNATURE), NOW);
}

static void
test_many_tokens_share_the_cache(void **state)
{
    struct slice tokens[400];
    struct actor actor;

    (void)state;
    for (int i = 0; i < 400; i++) {
        struct actor from = clerk();

        from.account.bytes[1] = (uint8_t)i;
        from.account.bytes[2] = (uint8_t)(i >> 8);
        tokens[i] = actor_sign(arena, &seed, &from);
    }
    for (int turn = 0; turn < 2; turn++)
        for (int i = 0; i < 400; i++) {
            assert_null(verify(tokens[i], NOW, &actor));
            assert_int_equal(actor.account.bytes[1] + 256 * actor.account.bytes[2], i);
        }
}

static int
start(void **state)
{
    (void)state;
    memset(cache, 0, sizeof *cache);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_a_signed_token_tells_who_acts, start),
        cmocka_unit_test_setup(test_it_may_what_it_lists_and_nothing_else, start),
        cmocka_unit_test_setup(test_it_ends_at_its_expiry_also_when_it_is_remembered, start),
        cmocka_unit_test_setup(test_no_bit_may_be_changed, start),
        cmocka_unit_test_setup(test_a_token_cut_short_is_refused, start),
        cmocka_unit_test_setup(test_another_key_signs_in_vain, start),
        cmocka_unit_test_setup(test_a_signature_made_for_another_purpose_does_not_fit, start),
        cmocka_unit_test_setup(test_ids_of_another_size_are_refused_though_signed, start),
        cmocka_unit_test_setup(test_many_tokens_share_the_cache, start),
    };
    int failed;

    seal_init();
    memset(seed.bytes, 7, sizeof seed.bytes);
    seal_public_of(&seed, &public_key);
    arena = arena_new(16 << 20);
    cache = arena_alloc(arena, sizeof *cache);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
