/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers have no gap and none is given twice, however many issue at once and whatever is rolled back after its number
 * was taken. */
#include <pthread.h>

#include "io/clock.h"
#include "office.h"

#define ISSUERS 8
#define EACH    6

/* Every third issue is undone in the database after it has taken its number. */
static const char *const undo_some =
    "create function undo() returns trigger language plpgsql as $$"
    " begin if new.event = 'issue' and new.note = 'undo' then raise exception 'undone'; end if; return new; end $$;"
    " create trigger undo before insert on letter_history for each row execute function undo()";

struct issuer {
    struct office *office;
    int first; /* of his members */
    int issued;
    int undone;
};

static void
issue(struct issuer *issuer, struct clerk *clerk, int member, bool undo)
{
    IssueRequest *request = issue_request_new(clerk->arena);
    Letter *letter = clerk_letter_after(clerk, member, "agree");
    const char *slug;

    request->id = letter->id;
    request->note = arena_text(clerk->arena, undo ? "undo" : "");
    if (clerk_ask(clerk, &transfers_issue, &request->base, letter->version, &slug))
        issuer->issued++;
    else
        issuer->undone += strcmp(slug, "internal") == 0;
}

static void *
issue_many(void *argument)
{
    struct issuer *issuer = argument;
    struct clerk clerk = clerk_open(issuer->office, "committee_clerk", COMMITTEE_A);

    for (int i = 0; i < EACH; i++)
        issue(issuer, &clerk, issuer->first + i, i % 3 == 1);
    clerk_close(&clerk);
    return NULL;
}

static void
eight_issuers_leave_no_gap(void **state)
{
    struct office *office = *state;
    struct issuer issuers[ISSUERS];
    pthread_t threads[ISSUERS];
    int issued = 0;
    int undone = 0;

    test_pg_run(office->pg, "transfers", undo_some);
    for (int i = 0; i < ISSUERS; i++) {
        issuers[i] = (struct issuer){ .office = office, .first = 1 + i * EACH };
        assert_int_equal(pthread_create(&threads[i], NULL, issue_many, &issuers[i]), 0);
    }
    for (int i = 0; i < ISSUERS; i++) {
        pthread_join(threads[i], NULL);
        issued += issuers[i].issued;
        undone += issuers[i].undone;
    }
    assert_int_equal(issued, ISSUERS * EACH * 2 / 3);
    assert_int_equal(undone, ISSUERS * EACH / 3);
    assert_int_equal(test_pg_number(office->pg, "transfers", "select count(distinct number_serial) from letter"),
                     issued);
    assert_int_equal(test_pg_number(office->pg, "transfers", "select min(number_serial) from letter"), 1);
    assert_int_equal(test_pg_number(office->pg, "transfers", "select max(number_serial) from letter"), issued);
    assert_int_equal(test_pg_number(office->pg, "transfers", "select last from letter_counter"), issued);
}

struct contender {
    struct office *office;
    const Letter *letter;
    bool won;
};

static void *
contend(void *argument)
{
    struct contender *contender = argument;
    struct clerk clerk = clerk_open(contender->office, "committee_clerk", COMMITTEE_A);
    const char *slug;

    contender->won = clerk_step(&clerk, "issue", contender->letter, &slug) != NULL;
    clerk_close(&clerk);
    return NULL;
}

static void
a_letter_that_eight_issue_gets_one_number(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "committee_clerk", COMMITTEE_A);
    struct contender contenders[ISSUERS];
    pthread_t threads[ISSUERS];
    Letter *letter = clerk_letter_after(&clerk, 101, "agree");
    int won = 0;

    for (int i = 0; i < ISSUERS; i++) {
        contenders[i] = (struct contender){ .office = office, .letter = letter };
        assert_int_equal(pthread_create(&threads[i], NULL, contend, &contenders[i]), 0);
    }
    for (int i = 0; i < ISSUERS; i++) {
        pthread_join(threads[i], NULL);
        won += contenders[i].won;
    }
    assert_int_equal(won, 1);
    assert_int_equal(test_pg_number(office->pg, "transfers", "select last from letter_counter"), 1);
    assert_int_equal(test_pg_number(office->pg, "transfers", "select count(*) from letter_content_history"), 1);
    clerk_close(&clerk);
}

static LastNumber *
set_last(struct clerk *clerk, enum place committee, int year, unsigned last, const char **ret_slug)
{
    LastNumber *request = last_number_new(clerk->arena);

    request->committee_id = id_text(clerk->arena, place_id(committee));
    request->year = (uint32_t)year;
    request->last = last;
    return clerk_ask(clerk, &transfers_set_last_number, &request->base, 0, ret_slug);
}

static void
numbering_goes_on_after_the_last_number_on_paper(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "committee_clerk", COMMITTEE_A);
    int year = date_to_civil(clock_today()).year;
    const char *slug;
    Letter *letter;

    set_last(&clerk, COMMITTEE_A, year, 40, NULL);
    assert_int_equal(set_last(&clerk, COMMITTEE_A, year, 41, NULL)->last, 41); /* nothing is issued yet */
    letter = clerk_letter_after(&clerk, 100, "issue");
    assert_string_equal(letter->number + 4, "-000042");
    assert_null(set_last(&clerk, COMMITTEE_A, year, 60, &slug));
    assert_string_equal(slug, "state-forbids");
    assert_null(set_last(&clerk, COMMITTEE_B, year, 60, &slug));
    assert_string_equal(slug, "not-found");
    assert_null(set_last(&clerk, COMMITTEE_A, year + 1, 60, &slug));
    assert_string_equal(slug, "out-of-range");
    clerk_post(&clerk, "district_clerk", DISTRICT_B);
    assert_null(set_last(&clerk, COMMITTEE_D, year, 60, &slug));
    assert_string_equal(slug, "no-issuing-power");
    assert_string_equal(clerk_letter_after(&clerk, 101, "issue")->number + 4, "-000043");
    assert_int_equal(
        test_pg_number(office->pg, "transfers", "select count(*) from audit where object = 'letter_counter'"), 2);
    clerk_close(&clerk);
}

static Letter *
enter(struct clerk *clerk, int member, unsigned serial, const char **ret_slug)
{
    PaperRequest *request = paper_request_new(clerk->arena);
    char today[DATE_SIZE];

    date_format(clock_today(), today);
    request->member_id = id_text(clerk->arena, member_id(member));
    request->to_committee_id = id_text(clerk->arena, place_id(COMMITTEE_B));
    request->reason = LIANGXIN__TRANSFERS__V1__TRANSFER_REASON__TRANSFER_REASON_OTHER;
    request->serial = serial;
    request->issued_on = arena_text(clerk->arena, today);
    request->validity_days = 30;
    request->dues_paid_to = arena_text(clerk->arena, "2026-10");
    return clerk_ask(clerk, &transfers_enter_paper, &request->base, 0, ret_slug);
}

static void
a_letter_on_paper_is_entered_with_its_number(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "committee_clerk", COMMITTEE_A);
    const char *slug;
    Letter *letter;

    assert_null(enter(&clerk, 1, 17, &slug));
    assert_string_equal(slug, "out-of-range"); /* no last number is stated */
    set_last(&clerk, COMMITTEE_A, date_to_civil(clock_today()).year, 41, NULL);
    letter = enter(&clerk, 1, 17, NULL);
    assert_int_equal(letter->state, LIANGXIN__TRANSFERS__V1__LETTER_STATE__LETTER_STATE_ISSUED);
    assert_string_equal(letter->number + 4, "-000017");
    assert_null(enter(&clerk, 2, 17, &slug));
    assert_string_equal(slug, "already-exists");
    assert_null(enter(&clerk, 1, 18, &slug));
    assert_string_equal(slug, "letter-open");
    clerk_post(&clerk, "branch_secretary", BRANCH_A1);
    assert_null(enter(&clerk, 2, 18, &slug));
    assert_string_equal(slug, "not-your-step");
    assert_int_equal(test_pg_number(office->pg, "transfers", "select count(*) from letter_content_history"), 1);
    assert_string_equal(clerk_letter_after(&clerk, 2, "issue")->number + 4, "-000042");
    clerk_post(&clerk, "committee_clerk", COMMITTEE_B);
    letter = clerk_step(&clerk, "receive", letter, NULL);
    assert_non_null(clerk_step(&clerk, "assign", letter, NULL));
    clerk_close(&clerk);
}

static void
a_batch_tells_of_each_member(void **state)
{
    static const struct {
        int member;
        const char *code;
    } members[] = { { 1, "" }, { 2, "letter-open" }, { INACTIVE, "member-not-active" }, { 250, "not-found" },
                    { 3, "" }, { 3, "letter-open" } };
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "branch_secretary", BRANCH_A1);
    DraftBatchRequest *request = draft_batch_request_new(clerk.arena);
    BatchResults *results;

    clerk_letter_after(&clerk, 2, "draft");
    request->n_member_ids = sizeof members / sizeof *members;
    request->member_ids = arena_array(clerk.arena, request->n_member_ids, sizeof *request->member_ids);
    for (size_t i = 0; i < request->n_member_ids; i++)
        request->member_ids[i] = id_text(clerk.arena, member_id(members[i].member));
    request->to_committee_id = id_text(clerk.arena, place_id(COMMITTEE_B));
    request->reason = LIANGXIN__TRANSFERS__V1__TRANSFER_REASON__TRANSFER_REASON_RETIRED;
    clerk.key = "a batch";
    for (int time = 0; time < 2; time++) {
        results = clerk_ask(&clerk, &transfers_draft_batch, &request->base, 0, NULL);
        assert_int_equal(results->drafted, 2);
        assert_int_equal(results->n_items, request->n_member_ids);
        for (size_t i = 0; i < results->n_items; i++) {
            assert_string_equal(results->items[i]->code, members[i].code);
            assert_int_equal(results->items[i]->letter_id[0] != '\0', members[i].code[0] == '\0');
        }
    }
    assert_int_equal(test_pg_number(office->pg, "transfers", "select count(*) from letter"), 3);
    clerk.key = "another batch";
    assert_int_equal(((BatchResults *)clerk_ask(&clerk, &transfers_draft_batch, &request->base, 0, NULL))->drafted, 0);
    clerk_close(&clerk);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(eight_issuers_leave_no_gap, office_clear),
        cmocka_unit_test_setup(a_letter_that_eight_issue_gets_one_number, office_clear),
        cmocka_unit_test_setup(numbering_goes_on_after_the_last_number_on_paper, office_clear),
        cmocka_unit_test_setup(a_letter_on_paper_is_entered_with_its_number, office_clear),
        cmocka_unit_test_setup(a_batch_tells_of_each_member, office_clear),
    };

    return cmocka_run_group_tests(tests, office_open, office_close);
}
