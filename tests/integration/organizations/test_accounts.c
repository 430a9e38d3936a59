/* SPDX-License-Identifier: Apache-2.0 */
/* Who may act: the first account, tokens exchanged for actors, posts given within scope and rank. */
#include <liangxin/organizations/v1/organizations.facts.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desk.h"
#include "io/clock.h"
#include "organizations/sessions/password_text.h"
#include "support/keys.h"

static status_t
exchange(struct desk *desk, const char *token, struct actor *ret_actor)
{
    struct seal_key public_key = test_actor_public(desk->arena);
    struct actor_cache *cache = arena_alloc(desk->arena, sizeof *cache);
    ExchangeRequest *in = exchange_request_new(desk->arena);
    ProtobufCMessage *out;
    ExchangeReply *reply;
    status_t st;

    in->token = wire_text(token);
    st = desk_call(desk, desk_method(&organizations_exchange), &in->base, 0, &out);
    if (st)
        return st;
    reply = (ExchangeReply *)out;
    return actor_verify(desk->arena, &public_key, cache, slice_make(reply->actor_token.data, reply->actor_token.len),
                        clock_now() / 1000, ret_actor);
}

static char *
id_of(struct desk *desk, const char *code)
{
    const char *sql = arena_printf(desk->arena, "select id from organization where code = '%s'", code);
    char *text = test_pg_text(desk->pg, "organizations", sql);
    char *copy = arena_text(desk->arena, text);

    free(text);
    return copy;
}

static status_t
create(struct desk *desk, const char *name, const char *role, const char *code, CreatedAccount **ret_account)
{
    CreateAccountRequest *in = create_account_request_new(desk->arena);
    ProtobufCMessage *out;
    status_t st;

    in->name = wire_text(name);
    in->role = wire_text(role);
    in->organization_id = id_of(desk, code);
    st = desk_call(desk, desk_method(&organizations_create_account), &in->base, 0, &out);
    *ret_account = (CreatedAccount *)out;
    return st;
}

static void
the_first_token_acts_for_the_city(void **state)
{
    struct desk *desk = *state;
    struct stat file;
    struct actor actor;

    assert_int_equal(stat(desk->token_file, &file), 0);
    assert_int_equal(file.st_mode & 0777, 0600);
    assert_null(exchange(desk, desk_token(desk), &actor));
    assert_string_equal(actor.role, "city_clerk");
    assert_true(id_equal(&actor.organization, &desk->actor.organization));
    assert_true(actor_may(&actor, "import.run"));
    assert_true(actor_may(&actor, "letter.issue"));
    assert_false(actor_may(&actor, "letter"));
}

/* é as one code point and as two: the same password, whatever keyboard it came from. */
static void
a_password_is_the_same_however_it_is_typed(void **state)
{
    struct desk *desk = *state;
    struct slice one = password_text(desk->arena, "caf\xc3\xa9 山");
    struct slice two = password_text(desk->arena, "cafe\xcc\x81 山");

    assert_true(seal_equal(one, two));
    assert_string_equal(one.data, "caf\xc3\xa9 山");
    assert_string_equal(password_text(desk->arena, "no utf-8 \xff").data, "no utf-8 \xff");
}

static void
an_unknown_token_is_nobody(void **state)
{
    struct actor actor;

    assert_true(status_is(exchange(*state, "0123456789abcdef", &actor), PROBLEM_UNAUTHENTIC));
}

static void
a_new_account_has_its_post_and_only_a_hash_is_kept(void **state)
{
    struct desk *desk = *state;
    CreatedAccount *account;
    struct actor actor;

    assert_null(create(desk, "town_secretary", "branch_secretary", "T1", &account));
    assert_int_equal(strlen(account->token), 64);
    assert_null(exchange(desk, account->token, &actor));
    assert_string_equal(actor.role, "branch_secretary");
    assert_true(actor_may(&actor, "letter.draft"));
    assert_false(actor_may(&actor, "import.run"));
    assert_int_equal(
        test_pg_number(desk->pg, "organizations",
                       arena_printf(desk->arena, "select count(*) from account_token where encode(hash, 'hex') = '%s'",
                                    account->token)),
        0);
    assert_true(status_is(create(desk, "town_secretary", "branch_secretary", "T1", &account), PROBLEM_ALREADY_EXISTS));
}

static void
posts_are_given_within_scope_and_rank(void **state)
{
    struct desk *desk = *state;
    struct actor city = desk->actor;
    CreatedAccount *account;

    assert_true(status_is(create(desk, "a", "emperor", "T", &account), PROBLEM_BAD_VALUE));
    desk_act_at(desk, "T");
    desk->actor.role = "committee_clerk";
    assert_null(create(desk, "b", "committee_clerk", "T", &account));
    assert_null(create(desk, "c", "branch_secretary", "T1", &account));
    assert_true(status_is(create(desk, "d", "city_clerk", "T", &account), PROBLEM_DENIED));
    assert_true(status_is(create(desk, "e", "branch_secretary", "V", &account), PROBLEM_NOT_FOUND));
    desk->actor = city;
}

static void
a_session_tells_who_i_am(void **state)
{
    struct desk *desk = *state;
    GetSessionRequest *in = get_session_request_new(desk->arena);
    struct actor city = desk->actor;
    ProtobufCMessage *out;

    assert_null(exchange(desk, desk_token(desk), &desk->actor));
    assert_null(desk_call(desk, desk_method(&organizations_get_session), &in->base, 0, &out));
    assert_string_equal(((Session *)out)->account_name, "city_clerk");
    assert_string_equal(((Session *)out)->organization_name, "示例市两新组织党工委");
    assert_true(((Session *)out)->n_permissions > 10);
    desk->actor = city;
}

static void
a_second_bootstrap_changes_nothing(void **state)
{
    struct desk *desk = *state;
    const char *before = desk_token(desk);

    assert_null(desk_bootstrap(desk));
    assert_string_equal(desk_token(desk), before);
    assert_int_equal(test_pg_number(desk->pg, "organizations", "select count(*) from organization where code = 'ROOT'"),
                     1);
}

static void
a_lost_token_is_replaced_and_the_old_one_ends(void **state)
{
    struct desk *desk = *state;
    const char *before = desk_token(desk);
    struct actor actor;

    unlink(desk->token_file);
    assert_null(desk_bootstrap(desk));
    assert_true(status_is(exchange(desk, before, &actor), PROBLEM_UNAUTHENTIC));
    assert_null(exchange(desk, desk_token(desk), &actor));
}

static void
a_locked_account_is_nobody(void **state)
{
    struct desk *desk = *state;
    CreatedAccount *account;
    struct actor actor;

    assert_null(create(desk, "locked", "member", "T1", &account));
    test_pg_run(desk->pg, "organizations", "update account set locked_at = now() where name = 'locked'");
    assert_true(status_is(exchange(desk, account->token, &actor), PROBLEM_UNAUTHENTIC));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_token_acts_for_the_city),
        cmocka_unit_test(a_password_is_the_same_however_it_is_typed),
        cmocka_unit_test(an_unknown_token_is_nobody),
        cmocka_unit_test(a_new_account_has_its_post_and_only_a_hash_is_kept),
        cmocka_unit_test(posts_are_given_within_scope_and_rank),
        cmocka_unit_test(a_session_tells_who_i_am),
        cmocka_unit_test(a_second_bootstrap_changes_nothing),
        cmocka_unit_test(a_lost_token_is_replaced_and_the_old_one_ends),
        cmocka_unit_test(a_locked_account_is_nobody),
    };

    return cmocka_run_group_tests(tests, desk_open_town, desk_close_town);
}
