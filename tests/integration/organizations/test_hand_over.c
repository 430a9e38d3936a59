/* SPDX-License-Identifier: Apache-2.0 */
/* A post is handed over with its open work: counted everywhere, confirmed, kept; or nothing is done. */
#include <liangxin/organizations/v1/organizations.facts.h>

#include "peers.h"

struct hand_over {
    struct desk *desk;
    struct test_peers *peers;
    const char *post;
    const char *heir;
};

static CreatedAccount *
account(struct desk *desk, const char *name, const char *role)
{
    CreateAccountRequest *in = create_account_request_new(desk->arena);
    ProtobufCMessage *out;

    in->name = wire_text(name);
    in->role = wire_text(role);
    in->organization_id = desk_organization(desk, "T1")->id;
    assert_null(desk_call(desk, desk_method(&organizations_create_account), &in->base, 0, &out));
    return (CreatedAccount *)out;
}

static int
open_scene(void **state)
{
    struct hand_over *scene;
    struct desk *desk;
    char *post;

    desk_open_town(state);
    desk = *state;
    scene = arena_alloc(desk->arena, sizeof *scene);
    account(desk, "old_hand", "branch_secretary");
    scene->desk = desk;
    scene->heir = account(desk, "new_hand", "member")->id;
    post = test_pg_text(desk->pg, "organizations",
                        "select p.id from account_post p join account a on a.id = p.account_id"
                        " where a.name = 'old_hand'");
    scene->post = arena_text(desk->arena, post);
    free(post);
    scene->peers = test_peers_open(desk);
    *state = scene;
    return 0;
}

static int
close_scene(void **state)
{
    struct hand_over *scene = *state;
    void *desk = scene->desk;

    test_peers_close(scene->peers);
    return desk_close_town(&desk);
}

static status_t
count(struct hand_over *scene, PostWork **ret_work)
{
    PostId *in = post_id_new(scene->desk->arena);
    ProtobufCMessage *out = NULL;
    status_t st;

    in->id = wire_text(scene->post);
    st = desk_call(scene->desk, desk_method(&organizations_count_post_work), &in->base, 0, &out);
    *ret_work = (PostWork *)out;
    return st;
}

static status_t
hand_over(struct hand_over *scene, const PostWork *seen)
{
    HandOverPostRequest *in = hand_over_post_request_new(scene->desk->arena);
    ProtobufCMessage *out;

    in->id = wire_text(scene->post);
    in->to_account_id = wire_text(scene->heir);
    if (seen) {
        in->work = seen->items;
        in->n_work = seen->n_items;
    }
    return desk_call(scene->desk, desk_method(&organizations_hand_over_post), &in->base, 0, &out);
}

static int64_t
number(struct hand_over *scene, const char *sql)
{
    return test_pg_number(scene->desk->pg, "organizations", sql);
}

/* Nothing was done: the post runs, nobody succeeded, no record. */
static void
nothing_happened(struct hand_over *scene)
{
    assert_int_equal(number(scene, "select count(*) from post_hand_over_history"), 0);
    assert_int_equal(number(scene, "select count(*) from account_post where role = 'branch_secretary'"), 1);
    assert_int_equal(number(scene, "select count(*) from account_post where until is not null"), 0);
}

static void
the_numbers_confirmed_are_kept(void **state)
{
    struct hand_over *scene = *state;
    PostWork *seen;

    test_peers_count(3, 2);
    assert_null(count(scene, &seen));
    assert_int_equal(seen->n_items, 5);
    assert_null(hand_over(scene, seen));
    assert_int_equal(number(scene, "select count(*) from post_hand_over_history h join account a on a.id = h.account_id"
                                   " where a.name = 'city_clerk' and h.role = 'city_clerk'"),
                     1);
    assert_int_equal(number(scene, "select count(*) from post_hand_over_work_history"
                                   " where waiting = 3 and under_way = 2 and service <> 'organizations'"),
                     4);
    assert_true(status_is(hand_over(scene, seen), PROBLEM_POST_OVER));
    assert_true(status_is(count(scene, &seen), PROBLEM_POST_OVER));
}

static void
other_numbers_hand_nothing_over(void **state)
{
    struct hand_over *scene = *state;
    PostWork *seen;
    status_t st;

    assert_null(count(scene, &seen));
    test_peers_count(1, 0);
    st = hand_over(scene, seen);
    assert_true(status_is(st, PROBLEM_WORK_CHANGED));
    assert_non_null(strstr(st->detail, "transfers 1/0"));
    assert_true(status_is(hand_over(scene, NULL), PROBLEM_WORK_CHANGED));
    nothing_happened(scene);
    assert_null(count(scene, &seen));
    assert_null(hand_over(scene, seen));
}

static void
while_a_service_is_away_nothing_is_handed_over(void **state)
{
    struct hand_over *scene = *state;
    PostWork *seen;
    status_t st;

    assert_null(count(scene, &seen));
    test_peers_stop(scene->peers, "training");
    st = hand_over(scene, seen);
    assert_true(status_is(st, PROBLEM_WORK_UNCOUNTED));
    assert_true(status_retryable(st));
    assert_true(status_is(count(scene, &seen), PROBLEM_WORK_UNCOUNTED));
    nothing_happened(scene);
}

static void
the_record_can_only_grow(void **state)
{
    struct hand_over *scene = *state;

    assert_int_equal(number(scene, "select count(*) from (values ('post_hand_over_history'),"
                                   " ('post_hand_over_work_history')) t (name)"
                                   " where has_table_privilege('organizations', 'organizations.' || name, 'update')"
                                   "    or has_table_privilege('organizations', 'organizations.' || name, 'delete')"),
                     0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_numbers_confirmed_are_kept, open_scene, close_scene),
        cmocka_unit_test_setup_teardown(other_numbers_hand_nothing_over, open_scene, close_scene),
        cmocka_unit_test_setup_teardown(while_a_service_is_away_nothing_is_handed_over, open_scene, close_scene),
        cmocka_unit_test_setup_teardown(the_record_can_only_grow, open_scene, close_scene),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
