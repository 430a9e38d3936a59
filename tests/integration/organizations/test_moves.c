/* SPDX-License-Identifier: Apache-2.0 */
/* A member changes organization by a letter's one event, exactly once, or not at all; and what a letter may read. */
#include <liangxin/organizations/v1/organizations.facts.h>
#include <liangxin/transfers/v1/transfers_events.pb-c.h>

#include "base/strbuf.h"
#include "desk.h"
#include "io/clock.h"
#include "organizations/members/follow_transfers.h"

typedef Liangxin__Transfers__V1__LetterChanged LetterChanged;

static int
open_desk(void **state)
{
    struct desk *desk = desk_open();

    desk_load(desk, "district");
    *state = desk;
    return 0;
}

static int
close_desk(void **state)
{
    desk_close(*state);
    return 0;
}

static struct id *
find(struct desk *desk, const char *sql)
{
    struct id *id = arena_alloc(desk->arena, sizeof *id);
    char *text = test_pg_text(desk->pg, "organizations", sql);

    assert_true(id_parse(slice_of(text), id));
    free(text);
    return id;
}

static struct id *
branch(struct desk *desk, const char *code)
{
    return find(desk, arena_printf(desk->arena, "select id from organization where code = '%s'", code));
}

/* The n-th member of D00010001001. */
static struct id *
member_of_first_branch(struct desk *desk, int n)
{
    return find(desk, arena_printf(desk->arena,
                                   "select s.member_id from membership s join organization o on"
                                   " o.id = s.organization_id where o.code = 'D00010001001' and s.letter_id is null"
                                   " order by s.member_id offset %d limit 1",
                                   n));
}

static LetterChanged
letter_of(struct desk *desk, const struct id *member, const char *to)
{
    LetterChanged letter = LIANGXIN__TRANSFERS__V1__LETTER_CHANGED__INIT;
    struct id *id = arena_alloc(desk->arena, sizeof *id);

    *id = clock_id();
    letter.letter_id = wire_id(id);
    letter.member_id = wire_id(member);
    letter.number = wire_text("");
    letter.from_branch_id = wire_id(branch(desk, "D00010001001"));
    letter.to_branch_id = wire_id(branch(desk, to));
    return letter;
}

static status_t
follow(struct desk *desk, const LetterChanged *letter)
{
    struct follow context = { .db = desk->db, .arena = desk->arena, .state = desk->state, .now = clock_now() };
    struct event event = { .source = "transfers", .type = "LetterChanged" };
    status_t st;

    db_begin(desk->db);
    st = follow_letter(&context, &event, &letter->base);
    if (!st)
        return db_commit(desk->db, desk->arena);
    db_rollback(desk->db);
    return st;
}

/* One number of a query in which :id stands for the member. */
static int64_t
count_of(struct desk *desk, const struct id *member, const char *sql)
{
    char id[ID_SIZE];
    struct strbuf text;
    int64_t number;

    id_format(member, id);
    strbuf_init(&text, 4096);
    for (const char *at; (at = strstr(sql, ":id")); sql = at + 3) {
        strbuf_add(&text, sql, (size_t)(at - sql));
        strbuf_printf(&text, "'%s'", id);
    }
    strbuf_text(&text, sql);
    number = test_pg_number(desk->pg, "organizations", text.data);
    strbuf_done(&text);
    return number;
}

static void
an_open_letter_is_known_with_its_number_until_it_closes(void **state)
{
    struct desk *desk = *state;
    LetterChanged letter = letter_of(desk, member_of_first_branch(desk, 0), "D00010002032");
    int64_t before = test_pg_number(desk->pg, "organizations", "select count(*) from open_letter");

    letter.open = true;
    assert_null(follow(desk, &letter));
    letter.number = wire_text("江滨两新〔2026〕1号");
    assert_null(follow(desk, &letter));
    assert_int_equal(test_pg_number(desk->pg, "organizations",
                                    "select count(*) from open_letter where number = '江滨两新〔2026〕1号'"),
                     1);
    letter.open = false;
    assert_null(follow(desk, &letter));
    assert_int_equal(test_pg_number(desk->pg, "organizations", "select count(*) from open_letter"), before);
}

static void
a_member_moves_exactly_once(void **state)
{
    struct desk *desk = *state;
    const struct id *member = member_of_first_branch(desk, 1);
    LetterChanged letter = letter_of(desk, member, "D00010002032");

    letter.moves = true;
    assert_null(follow(desk, &letter));
    assert_null(follow(desk, &letter));
    assert_int_equal(count_of(desk, member, "select count(*) from membership where member_id = :id"), 2);
    assert_int_equal(count_of(desk, member,
                              "select count(*) from membership a join membership b on b.member_id = a.member_id"
                              " and b.since = a.until where a.member_id = :id and b.until is null"
                              " and b.letter_id is not null"),
                     1);
    assert_int_equal(count_of(desk, member,
                              "select m.version from member m join organization o on o.id = m.organization_id"
                              " where m.id = :id and o.code = 'D00010002032' and m.unit_id is null"),
                     2);
    assert_int_equal(count_of(desk, member,
                              "select count(*) from outbox where aggregate_id = :id and version = 2"
                              " and type = 'MemberRecorded'"),
                     1);
    assert_int_equal(count_of(desk, member,
                              "select count(*) from audit where object_id = :id and action ="
                              " 'LetterChanged'"),
                     1);
}

static void
a_move_that_cannot_be_leaves_nothing_behind(void **state)
{
    struct desk *desk = *state;
    const struct id *member = member_of_first_branch(desk, 2);
    LetterChanged to_committee = letter_of(desk, member, "D00010002");
    LetterChanged from_elsewhere = letter_of(desk, member, "D00010002032");

    to_committee.moves = from_elsewhere.moves = true;
    from_elsewhere.from_branch_id = from_elsewhere.to_branch_id;
    assert_true(status_is(follow(desk, &to_committee), PROBLEM_NOT_A_BRANCH));
    assert_true(status_is(follow(desk, &from_elsewhere), PROBLEM_AFFILIATION_NEEDS_LETTER));
    assert_int_equal(count_of(desk, member, "select count(*) from membership where member_id = :id"), 1);
    assert_int_equal(count_of(desk, member, "select version from member where id = :id"), 1);
}

static void
a_letter_reads_the_member_whole_and_is_audited(void **state)
{
    struct desk *desk = *state;
    ReadMemberForLetterRequest *in = read_member_for_letter_request_new(desk->arena);
    const struct id *member = member_of_first_branch(desk, 0);
    struct id letter = clock_id();
    ProtobufCMessage *out;
    LetterMember *told;

    in->member_id = arena_alloc(desk->arena, ID_SIZE);
    in->letter_id = arena_alloc(desk->arena, ID_SIZE);
    id_format(member, in->member_id);
    id_format(&letter, in->letter_id);
    assert_null(desk_call(desk, desk_method(&organizations_read_member_for_letter), &in->base, 0, &out));
    told = (LetterMember *)out;
    assert_int_equal(strlen(told->identity_number), 18);
    assert_null(strchr(told->identity_number, '*'));
    assert_int_equal(strlen(told->telephone), 11);
    assert_string_equal(told->committee_name, "滨河街道综合党委");
    assert_int_equal(
        count_of(desk, member, "select count(*) from audit where object_id = :id and reason like 'letter %'"), 1);
}

static void
a_member_who_leaves_the_city_stays_on_record_and_leaves_once(void **state)
{
    struct desk *desk = *state;
    const struct id *member = member_of_first_branch(desk, 3);
    LetterChanged letter = letter_of(desk, member, "D00010002032");

    letter.to_branch_id = (ProtobufCBinaryData){ 0 };
    letter.left_on = wire_text("2026-11-19");
    letter.number = wire_text("2026-000007");
    assert_null(follow(desk, &letter));
    assert_null(follow(desk, &letter));
    assert_int_equal(count_of(desk, member,
                              "select count(*) from member where id = :id and status = 'moved_out'"
                              " and left_on = '2026-11-19' and version = 2 and not floating"),
                     1);
    assert_int_equal(count_of(desk, member, "select count(*) from membership where member_id = :id"), 1);
    assert_int_equal(count_of(desk, member, "select count(*) from membership where member_id = :id and until is null"),
                     0);
    assert_int_equal(count_of(desk, member,
                              "select count(*) from member_status_history where member_id = :id and"
                              " status = 'moved_out' and role = 'system' and letter_id is not null"
                              " and note = '2026-000007'"),
                     1);
    assert_int_equal(count_of(desk, member,
                              "select count(*) from outbox where aggregate_id = :id and version = 2"
                              " and type = 'MemberRecorded'"),
                     1);
    assert_int_equal(count_of(desk, member, "select count(*) from audit where object_id = :id and reason = 'letter'"),
                     1);
}

static void
who_is_elsewhere_does_not_leave_by_that_letter(void **state)
{
    struct desk *desk = *state;
    const struct id *member = member_of_first_branch(desk, 4);
    LetterChanged letter = letter_of(desk, member, "D00010002032");

    letter.from_branch_id = letter.to_branch_id;
    letter.to_branch_id = (ProtobufCBinaryData){ 0 };
    letter.left_on = wire_text("2026-11-19");
    assert_true(status_is(follow(desk, &letter), PROBLEM_AFFILIATION_NEEDS_LETTER));
    assert_int_equal(count_of(desk, member, "select count(*) from member where id = :id and status = 'active'"), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_open_letter_is_known_with_its_number_until_it_closes),
        cmocka_unit_test(a_member_moves_exactly_once),
        cmocka_unit_test(a_member_who_leaves_the_city_stays_on_record_and_leaves_once),
        cmocka_unit_test(who_is_elsewhere_does_not_leave_by_that_letter),
        cmocka_unit_test(a_move_that_cannot_be_leaves_nothing_behind),
        cmocka_unit_test(a_letter_reads_the_member_whole_and_is_audited),
    };

    return cmocka_run_group_tests(tests, open_desk, close_desk);
}
