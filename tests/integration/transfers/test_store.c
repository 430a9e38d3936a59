/* SPDX-License-Identifier: Apache-2.0 */
/* Every statement prepares as the runtime role; lists; what time does to letters. */
#include "daemon/daemon.h"
#include "io/clock.h"
#include "office.h"
#include "transfers/transfers.h"

static int64_t
count(struct office *office, const char *sql)
{
    return test_pg_number(office->pg, "transfers", sql);
}

static struct db *
connect(struct office *office, struct arena *arena)
{
    struct db *db = db_new(test_pg_dsn(office->pg, "transfers"), "test");

    db_deadline(db, clock_ms() + 20000);
    assert_null(db_ready(arena, db));
    return db;
}

static void
every_statement_prepares(void **state)
{
    struct office *office = *state;
    struct arena *arena = arena_new((size_t)1 << 20);
    struct db *db = connect(office, arena);

    for (size_t i = 0; service_statements[i]; i++)
        if (db_check(db, arena, service_statements[i]))
            fail_msg("%s does not prepare", service_statements[i]->name);
    db_free(db);
    arena_free(arena);
}

/* --- lists ----------------------------------------------------------------------------------------------------------
 */

static LetterPage *
list(struct clerk *clerk, uint32_t limit, const char *cursor, const char **ret_slug)
{
    ListLettersRequest *request = list_letters_request_new(clerk->arena);

    request->limit = limit;
    request->cursor = arena_text(clerk->arena, cursor);
    return clerk_ask(clerk, &transfers_list_letters, &request->base, 0, ret_slug);
}

static void
pages_go_from_newest_to_oldest_without_a_gap(void **state)
{
    struct clerk clerk = clerk_open(*state, "city_clerk", ROOT);
    const char *last = "g";
    const char *cursor = "";
    size_t seen = 0;

    for (int member = 1; member <= 7; member++)
        clerk_letter_after(&clerk, member, "draft");
    do {
        LetterPage *page = list(&clerk, 3, cursor, NULL);

        for (size_t i = 0; i < page->n_items; i++, seen++) {
            assert_true(strcmp(page->items[i]->id, last) < 0);
            last = page->items[i]->id;
        }
        cursor = page->next_cursor;
    } while (cursor[0]);
    assert_int_equal(seen, 7);
    clerk_close(&clerk);
}

static void
a_page_shows_the_scope_only(void **state)
{
    struct clerk clerk = clerk_open(*state, "committee_clerk", COMMITTEE_B);

    clerk_letter_after(&clerk, 1, "issue");
    assert_int_equal(list(&clerk, 0, "", NULL)->n_items, 1);
    clerk_post(&clerk, "district_clerk", DISTRICT_B);
    assert_int_equal(list(&clerk, 0, "", NULL)->n_items, 1);
    clerk_post(&clerk, "committee_clerk", COMMITTEE_C);
    assert_int_equal(list(&clerk, 0, "", NULL)->n_items, 0);
    clerk_post(&clerk, "branch_secretary", BRANCH_B1);
    assert_int_equal(list(&clerk, 0, "", NULL)->n_items, 0);
    clerk_close(&clerk);
}

/* Enough organizations below one make its scope wide; the answer is the same. */
static void
a_wide_scope_sees_what_a_narrow_one_sees(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "city_clerk", ROOT);
    LetterPage *narrow;
    LetterPage *wide;

    for (int member = 1; member <= 5; member++)
        clerk_letter_after(&clerk, member, member % 2 ? "submit" : "draft");
    narrow = list(&clerk, 3, "", NULL);
    test_pg_run(
        office->pg, "transfers",
        arena_printf(clerk.arena,
                     "insert into organization_line select gen_random_uuid(), '%s', 1 from generate_series(1, 600)",
                     id_text(clerk.arena, place_id(ROOT))));
    wide = list(&clerk, 3, "", NULL);
    test_pg_run(office->pg, "transfers",
                "delete from organization_line l where not exists (select from organization where id = l.descendant)");
    assert_int_equal(wide->n_items, 3);
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(wide->items[i]->id, narrow->items[i]->id);
    clerk_close(&clerk);
}

static void
filters_narrow_a_page_and_belong_to_its_cursor(void **state)
{
    struct clerk clerk = clerk_open(*state, "city_clerk", ROOT);
    ListLettersRequest *request = list_letters_request_new(clerk.arena);
    LetterPage *page;
    const char *slug;

    for (int member = 1; member <= 4; member++)
        clerk_letter_after(&clerk, member, member == 4 ? "draft" : "submit");
    request->which_case = LIANGXIN__TRANSFERS__V1__LIST_LETTERS_REQUEST__WHICH_STATE;
    request->state = LIANGXIN__TRANSFERS__V1__LETTER_STATE__LETTER_STATE_SUBMITTED;
    request->limit = 2;
    page = clerk_ask(&clerk, &transfers_list_letters, &request->base, 0, NULL);
    assert_int_equal(page->n_items, 2);
    assert_null(list(&clerk, 2, page->next_cursor, &slug));
    assert_string_equal(slug, "cursor-mismatch");
    request->cursor = page->next_cursor;
    page = clerk_ask(&clerk, &transfers_list_letters, &request->base, 0, NULL);
    assert_int_equal(page->n_items, 1);
    request->cursor = arena_text(clerk.arena, "");
    request->member_id = id_text(clerk.arena, member_id(4));
    assert_int_equal(((LetterPage *)clerk_ask(&clerk, &transfers_list_letters, &request->base, 0, NULL))->n_items, 0);
    request->which_case = LIANGXIN__TRANSFERS__V1__LIST_LETTERS_REQUEST__WHICH__NOT_SET;
    assert_int_equal(((LetterPage *)clerk_ask(&clerk, &transfers_list_letters, &request->base, 0, NULL))->n_items, 1);
    clerk_close(&clerk);
}

/* --- time -----------------------------------------------------------------------------------------------------------
 */

static void
run_job(struct office *office, status_t (*step)(struct job_context *, bool *))
{
    struct arena *arena = arena_new((size_t)16 << 20);
    struct db *db = connect(office, arena);
    struct job_context job = { .arena = arena, .db = db, .now = clock_now(), .process = "transfers" };
    bool more = false;

    assert_null(step(&job, &more));
    assert_false(more);
    db_free(db);
    arena_free(arena);
}

static void
time_ends_what_nobody_touches(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "city_clerk", ROOT);
    Letter *returned = clerk_letter_after(&clerk, 1, "submit");

    clerk_step(&clerk, "return", returned, NULL);
    clerk_letter_after(&clerk, 2, "draft");
    clerk_letter_after(&clerk, 3, "issue");
    clerk_letter_after(&clerk, 4, "submit");
    run_job(office, job_expire);
    assert_int_equal(count(office, "select count(*) from letter_history where role = 'system'"), 0);

    test_pg_run(office->pg, "transfers", "update letter set state_since = state_since - interval '31 days'");
    test_pg_run(office->pg, "transfers",
                "update letter set valid_to = current_date - 2, issued_on = current_date - 12"
                " where issued_on is not null");
    run_job(office, job_expire);
    assert_int_equal(count(office, "select count(*) from letter where state = 'cancelled'"), 2);
    assert_int_equal(count(office, "select count(*) from letter where state = 'expired'"), 1);
    assert_int_equal(count(office, "select count(*) from letter where state = 'submitted'"), 1);
    assert_int_equal(count(office, "select count(*) from letter_history where role = 'system' and account_id is null"),
                     5); /* the submitted one is reminded of and escalated */
    assert_int_equal(count(office, "select count(*) from audit where action = 'job/expire'"), 5);
    run_job(office, job_expire);
    assert_int_equal(count(office, "select count(*) from letter_history where role = 'system'"), 5);
    assert_int_equal(count(office,
                           "select count(*) from letter_history h join outbox o"
                           " on o.aggregate_id = h.letter_id and o.version = h.version where h.role = 'system'"),
                     5);
    clerk_close(&clerk);
}

static void
the_history_has_months_ahead(void **state)
{
    struct office *office = *state;

    assert_int_equal(count(office, "select count(*) from letter_history_other"), 0);
    assert_true(count(office, "select count(*) from pg_inherits where inhparent = 'letter_history'::regclass") >= 13);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(every_statement_prepares, office_clear),
        cmocka_unit_test_setup(pages_go_from_newest_to_oldest_without_a_gap, office_clear),
        cmocka_unit_test_setup(a_page_shows_the_scope_only, office_clear),
        cmocka_unit_test_setup(a_wide_scope_sees_what_a_narrow_one_sees, office_clear),
        cmocka_unit_test_setup(filters_narrow_a_page_and_belong_to_its_cursor, office_clear),
        cmocka_unit_test_setup(time_ends_what_nobody_touches, office_clear),
        cmocka_unit_test_setup(the_history_has_months_ahead, office_clear),
    };

    return cmocka_run_group_tests(tests, office_open, office_close);
}
