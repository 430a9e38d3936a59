/* SPDX-License-Identifier: Apache-2.0 */
/* The directory as this service keeps it: fed pages of organizations' feed, it must be what the last versions say. The
 * tests go on from each other: one tree grows and is moved about. */
#include <liangxin/feed/v1/directory.pb-c.h>

#include "daemon/daemon.h"
#include "dues/dues.h"
#include "events/directory.h"
#include "support/cmocka_all.h"
#include "support/feed_page.h"

static int
open_place(void **state)
{
    *state = test_feed_open("dues", "organizations", dues_service.subscriptions);
    return 0;
}

static int
close_place(void **state)
{
    test_feed_close(*state);
    return 0;
}

static struct id
id_of(char name)
{
    return (struct id){ { [6] = 0x70, [8] = 0x80, [15] = (uint8_t)name } };
}

static ProtobufCBinaryData
bytes_of(struct arena *arena, char name)
{
    struct id id = id_of(name);

    return name ? (ProtobufCBinaryData){ ID_BYTES, arena_copy(arena, id.bytes, ID_BYTES) } : (ProtobufCBinaryData){ 0 };
}

/* Organization `name` now stands below `superior` (0: it is the root). */
static void
add_organization(struct test_feed *feed, char name, char superior, int64_t version)
{
    Liangxin__Feed__V1__OrganizationRecorded fact = LIANGXIN__FEED__V1__ORGANIZATION_RECORDED__INIT;
    struct id id = id_of(name);
    char text[] = { name, '\0' };

    fact.id = bytes_of(feed->arena, name);
    fact.name = text;
    fact.code = text;
    fact.kind = (char[]){ "branch" };
    fact.superior_id = bytes_of(feed->arena, superior);
    test_feed_add(feed, "organization", &id, version, &fact.base);
}

static void
add_member(struct test_feed *feed, char name, char organization, int64_t version)
{
    Liangxin__Feed__V1__MemberRecorded fact = LIANGXIN__FEED__V1__MEMBER_RECORDED__INIT;
    struct id id = id_of(name);

    fact.id = bytes_of(feed->arena, name);
    fact.person_id = bytes_of(feed->arena, name);
    fact.name = (char[]){ "m" };
    fact.standing = (char[]){ "full" };
    fact.status = (char[]){ "active" };
    fact.organization_id = bytes_of(feed->arena, organization);
    test_feed_add(feed, "member", &id, version, &fact.base);
}

/* The closure as text, "B<A1 C<B1 C<A2": each organization below each of its superiors, itself left out. */
static void
assert_line(struct test_feed *feed, const char *expected)
{
    char *line = test_pg_text(feed->pg, "dues",
                              "select coalesce(string_agg(d.name || '<' || a.name || l.depth, ' '"
                              "                order by d.name, l.depth), '')"
                              "  from organization_line l join organization d on d.id = descendant"
                              "  join organization a on a.id = ancestor where descendant <> ancestor");

    assert_string_equal(line, expected);
    free(line);
    assert_int_equal(
        test_pg_number(feed->pg, "dues",
                       "select count(*) from organization o where not exists (select from organization_line"
                       " where descendant = o.id and ancestor = o.id and depth = 0)"),
        0);
}

static void
test_a_tree_told_from_the_top_has_all_its_lines(void **state)
{
    struct test_feed *feed = *state;

    add_organization(feed, 'A', 0, 1);
    add_organization(feed, 'B', 'A', 1);
    add_organization(feed, 'C', 'B', 1);
    add_organization(feed, 'D', 'C', 1);
    add_organization(feed, 'E', 'A', 1);
    assert_int_equal(test_feed_apply(feed, 0), BATCH_DONE);
    assert_line(feed, "B<A1 C<B1 C<A2 D<C1 D<B2 D<A3 E<A1");
}

static void
test_an_organization_takes_along_all_below_it(void **state)
{
    struct test_feed *feed = *state;
    int64_t after = feed->pos;

    add_organization(feed, 'B', 'E', 2);
    assert_int_equal(test_feed_apply(feed, after), BATCH_DONE);
    assert_line(feed, "B<E1 B<A2 C<B1 C<E2 C<A3 D<C1 D<B2 D<E3 D<A4 E<A1");
    after = feed->pos;
    add_organization(feed, 'C', 'A', 2);
    assert_int_equal(test_feed_apply(feed, after), BATCH_DONE);
    assert_line(feed, "B<E1 B<A2 C<A1 D<C1 D<A2 E<A1");
}

static void
test_a_superior_may_be_told_after_those_below_it(void **state)
{
    struct test_feed *feed = *state;
    int64_t after = feed->pos;

    add_organization(feed, 'H', 'G', 1);
    add_organization(feed, 'G', 'F', 1);
    add_organization(feed, 'F', 'A', 1);
    assert_int_equal(test_feed_apply(feed, after), BATCH_DONE);
    assert_line(feed, "B<E1 B<A2 C<A1 D<C1 D<A2 E<A1 F<A1 G<F1 G<A2 H<G1 H<F2 H<A3");
}

static void
test_a_page_told_twice_is_applied_once(void **state)
{
    struct test_feed *feed = *state;
    int64_t after = feed->pos;

    add_member(feed, 'm', 'B', 1);
    add_member(feed, 'm', 'D', 2);
    assert_int_equal(test_feed_apply(feed, after), BATCH_DONE);
    feed->pos = after; /* the same two again, asked for by somebody who does not know they came */
    add_member(feed, 'm', 'B', 1);
    add_member(feed, 'm', 'D', 2);
    assert_int_equal(test_feed_apply(feed, after), BATCH_MOVED);
    add_member(feed, 'm', 'B', 1); /* and behind the cursor: an older version changes nothing */
    assert_int_equal(test_feed_apply(feed, after + 2), BATCH_DONE);
    assert_int_equal(test_pg_number(feed->pg, "dues",
                                    "select count(*) from member m join organization o on o.id = organization_id"
                                    " where o.name = 'D' and m.version = 2"),
                     1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_tree_told_from_the_top_has_all_its_lines),
        cmocka_unit_test(test_an_organization_takes_along_all_below_it),
        cmocka_unit_test(test_a_superior_may_be_told_after_those_below_it),
        cmocka_unit_test(test_a_page_told_twice_is_applied_once),
    };

    return cmocka_run_group_tests(tests, open_place, close_place);
}
