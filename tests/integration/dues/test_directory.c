/* SPDX-License-Identifier: Apache-2.0 */
/* The directory as this service keeps it: fed pages of organizations' feed, it must be what the last versions say. The
 * tests go on from each other: one tree grows and is moved about. */
#include "daemon/daemon.h"
#include "dues/dues.h"
#include "events/batch.h"
#include "events/directory.h"
#include "io/clock.h"
#include "rpc/codec.h"
#include "support/cmocka_all.h"
#include "support/pg.h"

#define PAGE 16

struct place {
    struct arena *arena;
    struct test_pg *pg;
    struct db *db;
    struct event page[PAGE];
    size_t count;
    int64_t pos; /* of the last event made */
};

static int
open_place(void **state)
{
    struct place *place = calloc(1, sizeof *place);

    place->arena = arena_new((size_t)16 * 1024 * 1024);
    place->pg = test_pg_open();
    place->db = db_new(test_pg_dsn(place->pg, "dues"), "test");
    db_deadline(place->db, clock_ms() + 20000);
    assert_null(db_ready(place->arena, place->db));
    *state = place;
    return 0;
}

static int
close_place(void **state)
{
    struct place *place = *state;

    db_free(place->db);
    test_pg_close(place->pg);
    arena_free(place->arena);
    free(place);
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

static void
add_event(struct place *place, const char *aggregate, const char *type, char name, int64_t version,
          const ProtobufCMessage *fact)
{
    assert_true(place->count < PAGE);
    place->page[place->count++] = (struct event){
        .source = "organizations",
        .aggregate = aggregate,
        .id = id_of(name),
        .version = version,
        .type = type,
        .payload = codec_pack(place->arena, fact),
        .at = clock_now(),
        .pos = ++place->pos,
    };
}

/* Organization `name` now stands below `superior` (0: it is the root). */
static void
add_organization(struct place *place, char name, char superior, int64_t version)
{
    Liangxin__Feed__V1__OrganizationRecorded fact = LIANGXIN__FEED__V1__ORGANIZATION_RECORDED__INIT;
    char text[] = { name, '\0' };

    fact.id = bytes_of(place->arena, name);
    fact.name = text;
    fact.code = text;
    fact.kind = (char[]){ "branch" };
    fact.superior_id = bytes_of(place->arena, superior);
    add_event(place, "organization", "OrganizationRecorded", name, version, &fact.base);
}

static void
add_member(struct place *place, char name, char organization, int64_t version)
{
    Liangxin__Feed__V1__MemberRecorded fact = LIANGXIN__FEED__V1__MEMBER_RECORDED__INIT;

    fact.id = bytes_of(place->arena, name);
    fact.person_id = bytes_of(place->arena, name);
    fact.name = (char[]){ "m" };
    fact.standing = (char[]){ "full" };
    fact.status = (char[]){ "active" };
    fact.organization_id = bytes_of(place->arena, organization);
    add_event(place, "member", "MemberRecorded", name, version, &fact.base);
}

/* Feeds what was added as one page after `after`, and begins the next. */
static enum batch_outcome
feed(struct place *place, int64_t after)
{
    struct follow follow = { .db = place->db, .arena = place->arena, .now = clock_now() };
    struct batch batch = {
        .source = "organizations",
        .subscriptions = dues_service.subscriptions,
        .epoch = id_of('E'),
        .after = after,
        .next = place->pos,
        .events = place->page,
        .count = place->count,
    };
    const struct event *failed;
    struct id epoch;
    status_t st = OK;
    int64_t at;

    assert_null(batch_cursor(&follow, "organizations", &batch.epoch, &epoch, &at));
    place->count = 0;
    return batch_apply(&follow, &batch, &at, &failed, &st);
}

/* The closure as text, "B<A1 C<B1 C<A2": each organization below each of its superiors, itself left out. */
static void
assert_line(struct place *place, const char *expected)
{
    char *line = test_pg_text(place->pg, "dues",
                              "select coalesce(string_agg(d.name || '<' || a.name || l.depth, ' '"
                              "                order by d.name, l.depth), '')"
                              "  from organization_line l join organization d on d.id = descendant"
                              "  join organization a on a.id = ancestor where descendant <> ancestor");

    assert_string_equal(line, expected);
    free(line);
    assert_int_equal(
        test_pg_number(place->pg, "dues",
                       "select count(*) from organization o where not exists (select from organization_line"
                       " where descendant = o.id and ancestor = o.id and depth = 0)"),
        0);
}

static void
test_a_tree_told_from_the_top_has_all_its_lines(void **state)
{
    struct place *place = *state;

    add_organization(place, 'A', 0, 1);
    add_organization(place, 'B', 'A', 1);
    add_organization(place, 'C', 'B', 1);
    add_organization(place, 'D', 'C', 1);
    add_organization(place, 'E', 'A', 1);
    assert_int_equal(feed(place, 0), BATCH_DONE);
    assert_line(place, "B<A1 C<B1 C<A2 D<C1 D<B2 D<A3 E<A1");
}

static void
test_an_organization_takes_along_all_below_it(void **state)
{
    struct place *place = *state;
    int64_t after = place->pos;

    add_organization(place, 'B', 'E', 2);
    assert_int_equal(feed(place, after), BATCH_DONE);
    assert_line(place, "B<E1 B<A2 C<B1 C<E2 C<A3 D<C1 D<B2 D<E3 D<A4 E<A1");
    after = place->pos;
    add_organization(place, 'C', 'A', 2);
    assert_int_equal(feed(place, after), BATCH_DONE);
    assert_line(place, "B<E1 B<A2 C<A1 D<C1 D<A2 E<A1");
}

static void
test_a_superior_may_be_told_after_those_below_it(void **state)
{
    struct place *place = *state;
    int64_t after = place->pos;

    add_organization(place, 'H', 'G', 1);
    add_organization(place, 'G', 'F', 1);
    add_organization(place, 'F', 'A', 1);
    assert_int_equal(feed(place, after), BATCH_DONE);
    assert_line(place, "B<E1 B<A2 C<A1 D<C1 D<A2 E<A1 F<A1 G<F1 G<A2 H<G1 H<F2 H<A3");
}

static void
test_a_page_told_twice_is_applied_once(void **state)
{
    struct place *place = *state;
    int64_t after = place->pos;

    add_member(place, 'm', 'B', 1);
    add_member(place, 'm', 'D', 2);
    assert_int_equal(feed(place, after), BATCH_DONE);
    place->pos = after; /* the same two again, asked for by somebody who does not know they came */
    add_member(place, 'm', 'B', 1);
    add_member(place, 'm', 'D', 2);
    assert_int_equal(feed(place, after), BATCH_MOVED);
    add_member(place, 'm', 'B', 1); /* and behind the cursor: an older version changes nothing */
    assert_int_equal(feed(place, after + 2), BATCH_DONE);
    assert_int_equal(test_pg_number(place->pg, "dues",
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
