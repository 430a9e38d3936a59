/* SPDX-License-Identifier: Apache-2.0 */
/* Pairs of commands, each held before each of its statements, let go in both orders: of two that exclude each other
 * exactly one wins, numbers have no gap, states are those of the table. */
#include <stdio.h>

#include "race.h"
#include "support/cmocka_all.h"

/* Every command: its key, the letter, the effects, the end. */
static const struct race_point points[] = { { "idempotency_find" }, { "letter_lock" }, { "letter_update" }, { NULL } };
/* issue takes its number besides. */
static const struct race_point issue_points[] = {
    { "idempotency_find" }, { "letter_lock" }, { "counter_take" }, { "letter_update" }, { NULL }
};

struct pair {
    const char *first;
    const char *second;
    const char *after; /* both start from a letter that has had this event */
    bool two_letters;  /* they do not exclude each other */
    const struct race_point *points;
    size_t n_points;
};

#define POINTS(list) list, sizeof list / sizeof *list

static struct race_point
second_point(const struct pair *pair, size_t q)
{
    return strcmp(pair->second, "issue") == 0 ? issue_points[q] : points[q];
}

/* Held both, then let go: the first one asked goes first when `in_order`. */
static void
run(const struct pair *pair, struct race_asking *a, struct race_asking *b, size_t p, size_t q, bool in_order)
{
    struct proxy *proxy = a->world->proxy;
    int held_a = race_ask_held(a, pair->points[p]);
    int held_b = race_ask_held(b, second_point(pair, q));

    assert_int_not_equal(held_a, 0);
    if (held_b && !in_order) {
        proxy_release(proxy, held_b);
        race_await_rest(b);
    }
    proxy_release(proxy, held_a);
    if (held_b && in_order) {
        race_await_rest(a);
        proxy_release(proxy, held_b);
    }
    race_join(a, b);
}

static bool
won(const struct race_asking *asking)
{
    return asking->reply.status == 200;
}

static void
judge(const struct pair *pair, struct race_asking *a, struct race_asking *b)
{
    const struct race_asking *loser = won(a) ? b : a;

    if (pair->two_letters) {
        if (!won(a) || !won(b))
            fail_msg("%ld %s and %ld %s", a->reply.status, a->reply.body, b->reply.status, b->reply.body);
    } else if (won(a) == won(b) || (loser->reply.status != 412 && loser->reply.status != 409)) {
        fail_msg("%s: %ld, %s: %ld", a->path, a->reply.status, b->path, b->reply.status);
    }
}

static void
race_once(struct race_world *world, const struct pair *pair, size_t p, size_t q, bool in_order)
{
    char letters[2][64];
    long versions[2];
    struct race_asking a;
    struct race_asking b;

    versions[0] = race_letter(world, pair->after, letters[0]);
    if (pair->two_letters)
        versions[1] = race_letter(world, pair->after, letters[1]);
    a = race_command(world, pair->first, letters[0], versions[0]);
    b = race_command(world, pair->second, letters[pair->two_letters], versions[pair->two_letters]);
    run(pair, &a, &b, p, q, in_order);
    judge(pair, &a, &b);
    race_check(world);
    test_reply_done(&a.reply);
    test_reply_done(&b.reply);
}

static void
race_all(struct race_world *world, const struct pair *pair)
{
    for (size_t p = 0; p < pair->n_points; p++)
        for (size_t q = 0; q < pair->n_points; q++) {
            race_once(world, pair, p, q, true);
            race_once(world, pair, p, q, false);
        }
}

static void
two_letters_issued_at_once_get_two_numbers(void **state)
{
    race_all(*state, &(struct pair){ "issue", "issue", "agree", true, POINTS(issue_points) });
}

static void
one_letter_issued_twice_gets_one_number(void **state)
{
    race_all(*state, &(struct pair){ "issue", "issue", "agree", false, POINTS(issue_points) });
}

static void
two_clerks_receive_a_letter_once(void **state)
{
    race_all(*state, &(struct pair){ "receive", "receive", "issue", false, POINTS(points) });
}

/* Waits for the first one's key, then is answered as it was. */
static void
one_key_asked_twice_at_once_is_one_letter(void **state)
{
    struct race_world *world = *state;

    for (size_t p = 0; p < sizeof issue_points / sizeof *issue_points; p++) {
        char letter[64];
        long version = race_letter(world, "agree", letter);
        struct race_asking a = race_command(world, "issue", letter, version);
        struct race_asking b = a;
        int held = race_ask_held(&a, issue_points[p]);

        assert_int_not_equal(held, 0);
        race_ask(&b);
        race_await_rest(&b);
        proxy_release(world->proxy, held);
        race_join(&a, &b);
        assert_int_equal(a.reply.status, 200);
        assert_int_equal(b.reply.status, 200);
        assert_string_equal(test_reply_text(&a.reply, "number"), test_reply_text(&b.reply, "number"));
        race_check(world);
        test_reply_done(&a.reply);
        test_reply_done(&b.reply);
    }
}

static void
a_letter_is_received_or_voided(void **state)
{
    race_all(*state, &(struct pair){ "receive", "void", "issue", false, POINTS(points) });
    race_all(*state, &(struct pair){ "void", "receive", "issue", false, POINTS(points) });
}

static void
a_member_moves_or_the_letter_is_voided(void **state)
{
    struct race_world *world = *state;

    race_all(world, &(struct pair){ "assign", "void", "receive", false, POINTS(points) });
    race_all(world, &(struct pair){ "void", "assign", "receive", false, POINTS(points) });
    test_pg_await(world->pg, "organizations",
                  "select (select count(*) from transfers.letter where state = 'accepted')"
                  " - (select count(*) from membership where letter_id is not null)",
                  0);
}

static void
a_version_is_submitted_once(void **state)
{
    race_all(*state, &(struct pair){ "submit", "submit", "draft", false, POINTS(points) });
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_letters_issued_at_once_get_two_numbers),
        cmocka_unit_test(one_letter_issued_twice_gets_one_number),
        cmocka_unit_test(two_clerks_receive_a_letter_once),
        cmocka_unit_test(one_key_asked_twice_at_once_is_one_letter),
        cmocka_unit_test(a_letter_is_received_or_voided),
        cmocka_unit_test(a_member_moves_or_the_letter_is_voided),
        cmocka_unit_test(a_version_is_submitted_once),
    };

    return cmocka_run_group_tests(tests, race_open, race_close);
}
