/* SPDX-License-Identifier: Apache-2.0 */
/* Posts: who may give them to whom, which exclude one another, deputies, hand-over, and what a log-in may do with them.
 */
#include <liangxin/organizations/v1/organizations.facts.h>

#include <pthread.h>

#include "peers.h"
#include "organizations/posts/store_post.h"
#include "io/clock.h"
#include "support/keys.h"

static char *
text_of(struct desk *desk, const char *sql)
{
    char *text = test_pg_text(desk->pg, "organizations", sql);
    char *copy = arena_text(desk->arena, text ? text : "");

    free(text);
    return copy;
}

static char *
organization(struct desk *desk, const char *code)
{
    return text_of(desk, arena_printf(desk->arena, "select id from organization where code = '%s'", code));
}

static CreatedAccount *
account(struct desk *desk, const char *name, const char *role, const char *code)
{
    CreateAccountRequest *in = create_account_request_new(desk->arena);
    ProtobufCMessage *out;

    in->name = wire_text(name);
    in->role = wire_text(role);
    in->organization_id = organization(desk, code);
    assert_null(desk_call(desk, desk_method(&organizations_create_account), &in->base, 0, &out));
    return (CreatedAccount *)out;
}

/* `until` and `deputy_of` may be NULL. */
static status_t
give(struct desk *desk, const char *to, const char *role, const char *code, const char *until, const char *deputy_of,
     Post **ret_post)
{
    CreatePostRequest *in = create_post_request_new(desk->arena);
    ProtobufCMessage *out = NULL;
    status_t st;

    in->account_id = wire_text(to);
    in->role = wire_text(role);
    in->organization_id = organization(desk, code);
    in->deputy_of = wire_text(deputy_of);
    if (until) {
        in->end_case = LIANGXIN__ORGANIZATIONS__V1__CREATE_POST_REQUEST__END_UNTIL;
        in->until = wire_text(until);
    }
    st = desk_call(desk, desk_method(&organizations_create_post), &in->base, 0, &out);
    *ret_post = (Post *)out;
    return st;
}

static char *
post_of(struct desk *desk, const char *name)
{
    return text_of(desk, arena_printf(desk->arena,
                                      "select p.id from account_post p join account a on a.id = p.account_id"
                                      " where a.name = '%s' and p.until is null",
                                      name));
}

static status_t
hand_over(struct desk *desk, const char *post, const char *to, Post **ret_post)
{
    HandOverPostRequest *in = hand_over_post_request_new(desk->arena);
    struct test_peers *peers;
    ProtobufCMessage *out = NULL;
    status_t st;

    in->id = wire_text(post);
    in->to_account_id = wire_text(to);
    peers = test_peers_open(desk);
    st = desk_call(desk, desk_method(&organizations_hand_over_post), &in->base, 0, &out);
    test_peers_close(peers);
    *ret_post = (Post *)out;
    return st;
}

static status_t
end(struct desk *desk, const char *post)
{
    PostId *in = post_id_new(desk->arena);
    ProtobufCMessage *out;

    in->id = wire_text(post);
    return desk_call(desk, desk_method(&organizations_end_post), &in->base, 0, &out);
}

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

static void
no_account_holds_two_administrators_posts(void **state)
{
    static const char *const roles[] = { "system_administrator", "security_administrator", "audit_administrator" };
    struct desk *desk = *state;
    Post *post;

    for (size_t held = 0; held < 3; held++) {
        CreatedAccount *one = account(desk, arena_printf(desk->arena, "admin_%zu", held), roles[held], "T");

        for (size_t more = 0; more < 3; more++)
            assert_true(status_is(give(desk, one->id, roles[more], "T", NULL, NULL, &post),
                                  more == held ? PROBLEM_ALREADY_EXISTS : PROBLEM_POSTS_EXCLUDE));
        assert_null(give(desk, one->id, "member", "T1", NULL, NULL, &post));
    }
}

static void
nobody_keeps_both_books_and_cash_at_a_time(void **state)
{
    struct desk *desk = *state;
    CreatedAccount *keeper = account(desk, "keeper", "dues_accountant", "T1");
    Post *post;

    assert_true(status_is(give(desk, keeper->id, "dues_cashier", "T", NULL, NULL, &post), PROBLEM_POSTS_EXCLUDE));
    assert_null(give(desk, keeper->id, "dues_accountant", "T", NULL, NULL, &post));
    assert_null(end(desk, post->id));
    assert_null(end(desk, post_of(desk, "keeper")));
    assert_null(give(desk, keeper->id, "dues_cashier", "T", NULL, NULL, &post));
}

/* A second account is no way around it. */
static void
who_keeps_the_books_has_no_second_account_for_the_cash(void **state)
{
    struct desk *desk = *state;
    CreatedAccount *books = account(desk, "books", "member", "T1");
    CreatedAccount *cash = account(desk, "cash", "member", "T1");
    Post *post;

    test_pg_run(
        desk->pg, "organizations",
        "insert into person (id, name) values ('01900000-0000-7000-8000-0000000000b0', '同一人');"
        "update account set person_id = '01900000-0000-7000-8000-0000000000b0' where name in ('books', 'cash')");
    assert_null(give(desk, books->id, "dues_accountant", "T1", NULL, NULL, &post));
    assert_true(status_is(give(desk, cash->id, "dues_cashier", "T1", NULL, NULL, &post), PROBLEM_POSTS_EXCLUDE));
}

static void
a_deputy_and_a_successor_are_excluded_too(void **state)
{
    struct desk *desk = *state;
    CreatedAccount *cashier = account(desk, "cashier", "dues_cashier", "T1");
    CreatedAccount *keeper = account(desk, "accountant", "dues_accountant", "T1");
    const char *held = post_of(desk, "cashier");
    char tomorrow[DATE_SIZE];
    Post *post;

    (void)cashier;
    date_format(clock_today() + 1, tomorrow);
    assert_true(status_is(give(desk, keeper->id, "dues_cashier", "T1", tomorrow, held, &post), PROBLEM_POSTS_EXCLUDE));
    assert_true(status_is(hand_over(desk, held, keeper->id, &post), PROBLEM_POSTS_EXCLUDE));
    assert_string_equal(post_of(desk, "cashier"), held); /* and nothing of it has happened */
}

/* One of two givers, on a connection of his own. */
struct giver {
    pthread_t thread;
    const char *dsn;
    struct post post;
    pthread_barrier_t *start;
    bool given;
};

static void *
give_at_once(void *argument)
{
    struct giver *giver = argument;
    struct arena *arena = arena_new(1 << 20);
    struct db *db = db_new(giver->dsn, "giver");

    db_deadline(db, clock_ms() + 20000);
    giver->given = db_ready(arena, db) == OK;
    pthread_barrier_wait(giver->start);
    db_begin(db);
    post_insert(db, &giver->post);
    giver->given = giver->given && db_commit(db, arena) == OK;
    db_free(db);
    arena_free(arena);
    return NULL;
}

static void
of_two_posts_given_at_once_one_stands(void **state)
{
    struct desk *desk = *state;
    const char *dsn = test_pg_dsn(desk->pg, "organizations");
    pthread_barrier_t start;

    pthread_barrier_init(&start, NULL, 2);
    for (int round = 0; round < 8; round++) {
        static const char *const roles[] = { "system_administrator", "audit_administrator" };
        CreatedAccount *one = account(desk, arena_printf(desk->arena, "race_%d", round), "member", "T1");
        struct giver giver[2] = { 0 };

        for (int i = 0; i < 2; i++) {
            giver[i].dsn = dsn;
            giver[i].start = &start;
            giver[i].post = (struct post){ .id = clock_id(),
                                           .account = wire_read_id(one->id),
                                           .role = roles[i],
                                           .organization = wire_read_id(organization(desk, "T")),
                                           .since = clock_today(),
                                           .until = DATE_NONE };
            assert_int_equal(pthread_create(&giver[i].thread, NULL, give_at_once, &giver[i]), 0);
        }
        for (int i = 0; i < 2; i++)
            pthread_join(giver[i].thread, NULL);
        assert_true(giver[0].given != giver[1].given);
    }
    pthread_barrier_destroy(&start);
}

static void
posts_are_given_within_scope_and_rank(void **state)
{
    struct desk *desk = *state;
    struct actor city = desk->actor;
    CreatedAccount *here = account(desk, "here", "branch_secretary", "T1");
    CreatedAccount *elsewhere = account(desk, "elsewhere", "branch_secretary", "V");
    Post *post;

    desk_act_at(desk, "T");
    desk->actor.role = "committee_clerk";
    assert_null(give(desk, here->id, "instructor", "T", NULL, NULL, &post));
    assert_true(status_is(give(desk, here->id, "city_clerk", "T", NULL, NULL, &post), PROBLEM_DENIED));
    assert_true(status_is(give(desk, here->id, "instructor", "V", NULL, NULL, &post), PROBLEM_NOT_FOUND));
    assert_true(status_is(give(desk, elsewhere->id, "instructor", "T", NULL, NULL, &post), PROBLEM_NOT_FOUND));
    assert_true(status_is(end(desk, post_of(desk, "elsewhere")), PROBLEM_NOT_FOUND));
    desk->actor = city;
}

static void
who_holds_a_post_elsewhere_is_not_reset_from_here(void **state)
{
    struct desk *desk = *state;
    struct actor city = desk->actor;
    CreatedAccount *both = account(desk, "both", "branch_secretary", "T1");
    AccountId *in = account_id_new(desk->arena);
    ProtobufCMessage *out;
    Post *post;

    in->id = both->id;
    assert_null(give(desk, both->id, "instructor", "V", NULL, NULL, &post));
    desk_act_at(desk, "T");
    desk->actor.role = "committee_clerk";
    assert_true(
        status_is(desk_call(desk, desk_method(&organizations_reset_account), &in->base, 0, &out), PROBLEM_DENIED));
    desk->actor = city;
    assert_null(desk_call(desk, desk_method(&organizations_reset_account), &in->base, 0, &out));
    assert_int_equal(strlen(((ActivationCode *)out)->code), 19);
}

static void
nobody_locks_himself(void **state)
{
    struct desk *desk = *state;
    AccountId *in = account_id_new(desk->arena);
    ProtobufCMessage *out;

    in->id = text_of(desk, "select id from account where name = 'city_clerk'");
    assert_true(
        status_is(desk_call(desk, desk_method(&organizations_lock_account), &in->base, 0, &out), PROBLEM_OWN_ACCOUNT));
}

static void
a_deputy_has_an_end_and_goes_with_the_post(void **state)
{
    struct desk *desk = *state;
    CreatedAccount *chief = account(desk, "chief", "committee_clerk", "T");
    CreatedAccount *deputy = account(desk, "deputy", "branch_secretary", "T1");
    const char *principal = post_of(desk, "chief");
    char tomorrow[DATE_SIZE];
    char today[DATE_SIZE];
    Post *post;

    (void)chief;
    date_format(clock_today() + 1, tomorrow);
    date_format(clock_today(), today);
    assert_true(status_is(give(desk, deputy->id, "committee_clerk", "T", NULL, principal, &post), PROBLEM_REQUIRED));
    assert_true(
        status_is(give(desk, deputy->id, "committee_clerk", "T", today, principal, &post), PROBLEM_OUT_OF_RANGE));
    assert_true(
        status_is(give(desk, deputy->id, "committee_clerk", "T1", tomorrow, principal, &post), PROBLEM_BAD_VALUE));
    assert_null(give(desk, deputy->id, "committee_clerk", "T", tomorrow, principal, &post));
    assert_string_equal(post->until, tomorrow);
    assert_string_equal(post->deputy_of, principal);
    assert_null(end(desk, principal));
    assert_true(status_is(end(desk, post->id), PROBLEM_POST_OVER));
}

static void
a_hand_over_ends_one_and_begins_the_other_at_once(void **state)
{
    struct desk *desk = *state;
    CreatedAccount *old = account(desk, "old_hand", "branch_secretary", "T1");
    CreatedAccount *new = account(desk, "new_hand", "member", "T1");
    const char *held = post_of(desk, "old_hand");
    struct actor actor;
    Post *post;

    assert_null(exchange(desk, old->token, &actor));
    assert_true(status_is(hand_over(desk, held, "01900000-0000-7000-8000-000000000000", &post), PROBLEM_NOT_FOUND));
    assert_null(exchange(desk, old->token, &actor));
    assert_null(hand_over(desk, held, new->id, &post));
    assert_string_equal(post->account_name, "new_hand");
    assert_string_equal(post->role, "branch_secretary");
    assert_true(status_is(exchange(desk, old->token, &actor), PROBLEM_UNAUTHENTIC));
    assert_true(status_is(hand_over(desk, held, new->id, &post), PROBLEM_POST_OVER));
}

static void
one_acts_in_one_post_and_may_change_to_another(void **state)
{
    struct desk *desk = *state;
    struct actor city = desk->actor;
    CreatedAccount *two = account(desk, "two_posts", "branch_secretary", "T1");
    SwitchPostRequest *in = switch_post_request_new(desk->arena);
    ProtobufCMessage *out;
    struct actor actor;
    Post *post;

    assert_null(give(desk, two->id, "committee_clerk", "T", NULL, NULL, &post));
    assert_null(exchange(desk, two->token, &desk->actor));
    assert_string_equal(desk->actor.role, "branch_secretary");
    in->post_id = text_of(desk, "select p.id from account_post p join account a on a.id = p.account_id"
                                " where a.name = 'city_clerk'");
    assert_true(
        status_is(desk_call(desk, desk_method(&organizations_switch_post), &in->base, 0, &out), PROBLEM_NOT_FOUND));
    in->post_id = post->id;
    assert_null(desk_call(desk, desk_method(&organizations_switch_post), &in->base, 0, &out));
    assert_null(exchange(desk, two->token, &actor));
    assert_string_equal(actor.role, "committee_clerk");
    assert_true(actor_may(&actor, "account.manage"));
    desk->actor = city;
}

/* A log-in of the first account, as old as said. */
static const char *
log_in_row(struct desk *desk, const char *seen, const char *created, bool by_code)
{
    static const char token[] = "0000000000000000000000000000000000000000000000000000000000000001";
    uint8_t hash[SEAL_HASH];
    char hex[2 * SEAL_HASH + 1];

    seal_hash(slice_of(token), hash);
    seal_hex_format(hash, sizeof hash, hex);
    test_pg_run(desk->pg, "organizations",
                arena_printf(desk->arena,
                             "delete from session;"
                             "insert into session (id, hash, account_id, post_id, by_code, created_at, seen_at)"
                             " select gen_random_uuid(), decode('%s', 'hex'), a.id, p.id, %s, now() - interval '%s',"
                             "        now() - interval '%s'"
                             "   from account a join account_post p on p.account_id = a.id"
                             "  where a.name = 'city_clerk'",
                             hex, by_code ? "true" : "false", created, seen));
    return token;
}

static void
a_log_in_is_over_when_it_is_idle_or_old(void **state)
{
    struct desk *desk = *state;
    struct actor actor;

    assert_null(exchange(desk, log_in_row(desk, "29 minutes", "11 hours", false), &actor));
    assert_string_equal(actor.role, "city_clerk");
    assert_int_equal(test_pg_number(desk->pg, "organizations",
                                    "select count(*) from session where seen_at > now() - interval '1 minute'"),
                     1);
    assert_true(
        status_is(exchange(desk, log_in_row(desk, "31 minutes", "1 hour", false), &actor), PROBLEM_UNAUTHENTIC));
    assert_true(
        status_is(exchange(desk, log_in_row(desk, "1 minute", "12 hours", false), &actor), PROBLEM_UNAUTHENTIC));
}

static void
after_a_code_only_the_password_may_be_chosen(void **state)
{
    struct desk *desk = *state;
    struct actor actor;

    assert_null(exchange(desk, log_in_row(desk, "0 minutes", "0 minutes", true), &actor));
    assert_int_equal(actor.n_permissions, 2);
    assert_true(actor_may(&actor, "session.read"));
    assert_true(actor_may(&actor, "session.password"));
}

static void
the_review_lists_what_is_held(void **state)
{
    struct desk *desk = *state;
    ReviewPostsRequest *in = review_posts_request_new(desk->arena);
    ProtobufCMessage *out;
    size_t seen = 0;

    in->limit = 3;
    do {
        assert_null(desk_call(desk, desk_method(&organizations_review_posts), &in->base, 0, &out));
        seen += ((PostPage *)out)->n_items;
        in->cursor = ((PostPage *)out)->next_cursor;
    } while (in->cursor[0]);
    assert_int_equal(seen, test_pg_number(desk->pg, "organizations",
                                          "select count(*) from account_post where until is null"
                                          "    or until > (now() at time zone 'Asia/Shanghai')::date"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_account_holds_two_administrators_posts),
        cmocka_unit_test(nobody_keeps_both_books_and_cash_at_a_time),
        cmocka_unit_test(who_keeps_the_books_has_no_second_account_for_the_cash),
        cmocka_unit_test(a_deputy_and_a_successor_are_excluded_too),
        cmocka_unit_test(of_two_posts_given_at_once_one_stands),
        cmocka_unit_test(posts_are_given_within_scope_and_rank),
        cmocka_unit_test(who_holds_a_post_elsewhere_is_not_reset_from_here),
        cmocka_unit_test(nobody_locks_himself),
        cmocka_unit_test(a_deputy_has_an_end_and_goes_with_the_post),
        cmocka_unit_test(a_hand_over_ends_one_and_begins_the_other_at_once),
        cmocka_unit_test(one_acts_in_one_post_and_may_change_to_another),
        cmocka_unit_test(a_log_in_is_over_when_it_is_idle_or_old),
        cmocka_unit_test(after_a_code_only_the_password_may_be_chosen),
        cmocka_unit_test(the_review_lists_what_is_held),
    };

    return cmocka_run_group_tests(tests, desk_open_town, desk_close_town);
}
