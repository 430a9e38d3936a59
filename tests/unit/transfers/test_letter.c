/* SPDX-License-Identifier: Apache-2.0 */
/* The life of a letter: the whole table against a golden file that a domain person reads, a model check over it, and
 * the verdicts. After a wanted change: LIANGXIN_GOLDEN=write test_letter, then read the difference. */
#include <stdio.h>

#include "base/strbuf.h"
#include "support/cmocka_all.h"
#include "transfers/letters/letter.h"

#define TODAY 20000

static const struct {
    unsigned bit;
    const char *name;
} actors[] = {
#define X(name, bit, code) { ACTOR_##name, code },
    LETTER_ACTORS(X)
#undef X
};

static const struct {
    unsigned bit;
    const char *name;
} flags[] = {
    { STEP_NEEDS_REASON, "reason" },
    { STEP_NEEDS_DUES, "dues known" },
    { STEP_IN_VALIDITY, "while valid" },
    { STEP_AFTER_VALIDITY, "validity over" },
    { STEP_ALLOTS_NUMBER, "new number" },
    { STEP_MOVES_MEMBER, "MEMBER MOVES" },
    { STEP_VOIDS_UNOPENED, "voided if not opened" },
    { STEP_TWO_APPROVERS, "at the second approval" },
    { STEP_MEMBER_LEAVES, "MEMBER LEAVES" },
};

/* --- the golden table -----------------------------------------------------------------------------------------------
 */

static void
write_who(struct strbuf *out, unsigned bits)
{
    const char *between = "";

    for (size_t i = 0; i < sizeof actors / sizeof *actors; i++)
        if (bits & actors[i].bit) {
            strbuf_printf(out, "%s%s", between, actors[i].name);
            between = " or ";
        }
}

static void
write_flags(struct strbuf *out, unsigned bits)
{
    const char *between = "  [";
    bool any = false;

    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (bits & flags[i].bit) {
            strbuf_printf(out, "%s%s", between, flags[i].name);
            between = ", ";
            any = true;
        }
    strbuf_text(out, any ? "]\n" : "\n");
}

static void
write_step(struct strbuf *out, enum letter_kind kind, enum letter_state state, enum letter_event event)
{
    const struct letter_step *step = letter_step_of(kind, state, event);

    strbuf_printf(out, "%-12s  %-16s  ", letter_state_code(state), letter_event_code(event));
    if (!step) {
        strbuf_text(out, "-\n");
        return;
    }
    strbuf_printf(out, "%-12s  ", letter_state_code(step->next));
    if (kind != LETTER_WITHIN)
        strbuf_printf(out, "%s: ", letter_kind_code(kind));
    write_who(out, step->actors);
    write_flags(out, step->flags);
}

/* Kinds that are not named are letters within the city; another kind stands below with what it knows. */
static void
write_pair(struct strbuf *out, enum letter_state state, enum letter_event event)
{
    write_step(out, LETTER_WITHIN, state, event);
    for (int kind = LETTER_WITHIN + 1; kind < LETTER_KIND_END; kind++)
        if (letter_step_of((enum letter_kind)kind, state, event))
            write_step(out, (enum letter_kind)kind, state, event);
}

static void
write_table(struct strbuf *out)
{
    strbuf_text(out, "# events\n");
    for (int event = 0; event < LETTER_EVENT_END; event++)
        strbuf_printf(out, "%-16s  %s\n", letter_event_code((enum letter_event)event),
                      letter_event_chinese((enum letter_event)event));
    strbuf_text(out, "\nstate         event             next          who\n");
    for (int state = LETTER_NONE + 1; state < LETTER_STATE_END; state++) {
        strbuf_printf(out, "\n# %s%s\n", letter_state_chinese((enum letter_state)state),
                      letter_holds_member((enum letter_state)state)  ? ""
                      : letter_is_terminal((enum letter_state)state) ? " (end)"
                                                                     : " (the member has moved)");
        for (int event = 0; event < LETTER_EVENT_END; event++)
            write_pair(out, (enum letter_state)state, (enum letter_event)event);
    }
}

static void
read_golden(struct strbuf *out)
{
    FILE *file = fopen(LETTER_GOLDEN, "re");
    char piece[4096];
    size_t n;

    assert_non_null(file);
    while ((n = fread(piece, 1, sizeof piece, file)) > 0)
        strbuf_add(out, piece, n);
    fclose(file);
}

static void
save_golden(const struct strbuf *table)
{
    FILE *file = fopen(LETTER_GOLDEN, "we");

    assert_non_null(file);
    assert_int_equal(fwrite(table->data, 1, table->size, file), table->size);
    assert_int_equal(fclose(file), 0);
}

static void
the_table_is_the_golden_one(void **state)
{
    struct strbuf table;
    struct strbuf golden;

    (void)state;
    strbuf_init(&table, (size_t)1 << 20);
    strbuf_init(&golden, (size_t)1 << 20);
    write_table(&table);
    if (getenv("LIANGXIN_GOLDEN"))
        save_golden(&table);
    read_golden(&golden);
    assert_string_equal(table.data, golden.data);
    strbuf_done(&table);
    strbuf_done(&golden);
}

/* --- the model ------------------------------------------------------------------------------------------------------
 */

static void
no_pair_stands_twice(void **state)
{
    (void)state;
    for (size_t i = 0; i < letter_steps_count; i++)
        for (unsigned kind = 0; kind < LETTER_KIND_END; kind++)
            if (letter_steps[i].kinds & 1U << kind)
                assert_ptr_equal(letter_step_of((enum letter_kind)kind, letter_steps[i].from, letter_steps[i].event),
                                 &letter_steps[i]);
}

/* Words on what has ended leave it as it is. */
static void
ends_have_no_exit(void **state)
{
    (void)state;
    for (size_t i = 0; i < letter_steps_count; i++)
        if (letter_is_terminal(letter_steps[i].from)) {
            assert_int_equal(letter_steps[i].next, letter_steps[i].from);
            assert_int_equal(letter_steps[i].flags, STEP_NEEDS_REASON);
        }
}

/* Can a terminal state be reached from here by people alone? */
static bool
people_can_end_it(enum letter_state from)
{
    bool reached[LETTER_STATE_END] = { [LETTER_NONE] = false };
    bool grew = true;

    reached[from] = true;
    while (grew) {
        grew = false;
        for (size_t i = 0; i < letter_steps_count; i++) {
            const struct letter_step *step = &letter_steps[i];

            if (reached[step->from] && !reached[step->next] && (step->actors & ~(unsigned)ACTOR_SYSTEM))
                grew = reached[step->next] = true;
        }
    }
    for (int end = LETTER_NONE + 1; end < LETTER_STATE_END; end++)
        if (reached[end] && letter_is_terminal((enum letter_state)end))
            return true;
    return false;
}

static void
no_open_state_is_a_dead_end(void **state)
{
    (void)state;
    for (int from = LETTER_NONE + 1; from < LETTER_STATE_END; from++)
        assert_true(people_can_end_it((enum letter_state)from));
}

static void
every_state_is_reached_from_draft_or_reissue(void **state)
{
    bool reached[LETTER_STATE_END] = { [LETTER_DRAFT] = true };

    (void)state;
    for (int round = 0; round < LETTER_STATE_END; round++)
        for (size_t i = 0; i < letter_steps_count; i++)
            reached[letter_steps[i].next] |= reached[letter_steps[i].from];
    for (int s = LETTER_NONE + 1; s < LETTER_STATE_END; s++)
        assert_true(reached[s]);
}

/* A member moves at assign and nowhere else, into the one state after which nothing refuses; by a correction at its
 * second approval, which ends it. */
static void
the_member_moves_exactly_at_assign(void **state)
{
    (void)state;
    for (size_t i = 0; i < letter_steps_count; i++) {
        const struct letter_step *step = &letter_steps[i];
        bool corrects = step->kinds == 1U << LETTER_CORRECTION;
        enum letter_event event = corrects ? EVENT_APPROVE : EVENT_ASSIGN;
        enum letter_state next = corrects ? LETTER_CLOSED : LETTER_ACCEPTED;
        bool moves = step->flags & STEP_MOVES_MEMBER;

        assert_int_equal(moves, step->event == event);
        assert_int_equal(moves, letter_holds_member(step->from) && step->next == next);
        assert_int_equal((step->flags & STEP_TWO_APPROVERS) != 0, corrects && moves);
    }
}

/* The city of an outward letter ends where its receipt comes: there, late or not, and nowhere else. */
static void
the_member_leaves_exactly_at_the_receipt_from_outside(void **state)
{
    (void)state;
    for (size_t i = 0; i < letter_steps_count; i++) {
        const struct letter_step *step = &letter_steps[i];
        bool leaves = step->flags & STEP_MEMBER_LEAVES;

        assert_int_equal(leaves, step->event == EVENT_RECORD_RECEIPT);
        if (leaves) {
            assert_int_equal(step->kinds, 1U << LETTER_OUTWARD);
            assert_int_equal(step->next, LETTER_CLOSED);
            assert_true(letter_holds_member(step->from));
        }
        if (step->kinds & 1U << LETTER_OUTWARD)
            assert_int_equal(step->flags & STEP_MOVES_MEMBER, 0);
    }
}

/* Nobody of this city is asked to do anything on the receiving side of a letter that goes out of it. */
static void
a_letter_to_outside_has_no_receiver_here(void **state)
{
    (void)state;
    for (size_t i = 0; i < letter_steps_count; i++)
        if (letter_steps[i].kinds & 1U << LETTER_OUTWARD)
            assert_int_equal(letter_steps[i].actors & (ACTOR_RECEIVING_COMMITTEE | ACTOR_RECEIVING_BRANCH), 0);
    assert_int_equal(letter_turn(LETTER_OUTWARD, LETTER_ISSUED), ACTOR_SENDING_COMMITTEE);
    assert_int_equal(letter_turn(LETTER_WITHIN, LETTER_ISSUED), ACTOR_RECEIVING_COMMITTEE);
}

static void
nothing_takes_the_member_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < letter_steps_count; i++)
        if (!letter_holds_member(letter_steps[i].from))
            assert_false(letter_holds_member(letter_steps[i].next));
}

static void
a_letter_that_holds_its_member_can_be_voided_from_above(void **state)
{
    (void)state;
    for (int s = LETTER_NONE + 1; s < LETTER_STATE_END; s++) {
        const struct letter_step *step = letter_step_of(LETTER_WITHIN, (enum letter_state)s, EVENT_VOID);

        assert_int_equal(step != NULL, letter_holds_member((enum letter_state)s));
        if (step)
            assert_int_equal(step->actors, ACTOR_UPPER | ACTOR_SYSTEM);
    }
}

static void
a_number_is_allotted_at_issue_only(void **state)
{
    (void)state;
    for (size_t i = 0; i < letter_steps_count; i++)
        assert_int_equal((letter_steps[i].flags & STEP_ALLOTS_NUMBER) != 0, letter_steps[i].event == EVENT_ISSUE);
}

/* --- verdicts -------------------------------------------------------------------------------------------------------
 */

static struct letter
a_letter(enum letter_state state)
{
    return (
        struct letter){ .version = 4, .state = state, .dues_paid_to = 600, .issued_on = TODAY - 10, .valid_to = TODAY };
}

static enum letter_verdict
verdict_of(const struct letter *letter, struct letter_attempt attempt)
{
    const struct letter_step *step = NULL;

    if (!attempt.today)
        attempt.today = TODAY;
    return letter_may(letter, &attempt, &step);
}

static void
the_state_forbids_what_the_table_does_not_list(void **state)
{
    struct letter letter = a_letter(LETTER_ACCEPTED);

    (void)state;
    assert_int_equal(
        verdict_of(&letter, (struct letter_attempt){ .event = EVENT_REFUSE, .actors = ~0U, .reasoned = true }),
        LETTER_STATE_FORBIDS);
}

static void
a_step_belongs_to_its_actor(void **state)
{
    struct letter letter = a_letter(LETTER_SUBMITTED);

    (void)state;
    assert_int_equal(
        verdict_of(&letter, (struct letter_attempt){ .event = EVENT_AGREE, .actors = ACTOR_RECEIVING_COMMITTEE }),
        LETTER_NOT_YOUR_STEP);
    assert_int_equal(
        verdict_of(&letter, (struct letter_attempt){ .event = EVENT_AGREE, .actors = ACTOR_SENDING_BRANCH }),
        LETTER_MAY);
}

static void
a_refusal_needs_words(void **state)
{
    struct letter letter = a_letter(LETTER_ISSUED);
    struct letter_attempt attempt = { .event = EVENT_REFUSE, .actors = ACTOR_RECEIVING_COMMITTEE };

    (void)state;
    assert_int_equal(verdict_of(&letter, attempt), LETTER_REASON_REQUIRED);
    attempt.reasoned = true;
    assert_int_equal(verdict_of(&letter, attempt), LETTER_MAY);
}

static void
the_branch_states_dues_when_it_agrees(void **state)
{
    struct letter letter = a_letter(LETTER_SUBMITTED);

    (void)state;
    letter.dues_paid_to = LETTER_MONTH_NONE;
    assert_int_equal(
        verdict_of(&letter, (struct letter_attempt){ .event = EVENT_AGREE, .actors = ACTOR_SENDING_BRANCH }),
        LETTER_DUES_UNKNOWN);
}

static void
validity_includes_its_last_day(void **state)
{
    struct letter letter = a_letter(LETTER_ISSUED);
    struct letter_attempt receive = { .event = EVENT_RECEIVE, .actors = ACTOR_RECEIVING_COMMITTEE };
    struct letter_attempt expire = { .event = EVENT_EXPIRE, .actors = ACTOR_SYSTEM };

    (void)state;
    assert_int_equal(verdict_of(&letter, receive), LETTER_MAY);
    assert_int_equal(verdict_of(&letter, expire), LETTER_STATE_FORBIDS);
    receive.today = expire.today = TODAY + 1;
    assert_int_equal(verdict_of(&letter, receive), LETTER_VALIDITY_OVER);
    assert_int_equal(verdict_of(&letter, expire), LETTER_MAY);
}

static void
a_recalled_letter_is_voided_unless_it_was_opened(void **state)
{
    struct letter unopened = a_letter(LETTER_ISSUED);
    struct letter opened = a_letter(LETTER_ISSUED);
    const struct letter_step *recall = letter_step_of(LETTER_WITHIN, LETTER_ISSUED, EVENT_RECALL);

    (void)state;
    opened.opened = true;
    letter_take(&unopened, recall, 1);
    letter_take(&opened, recall, 1);
    assert_int_equal(unopened.state, LETTER_VOIDED);
    assert_int_equal(opened.state, LETTER_RECALL_ASKED);
}

static void
a_step_raises_the_version_by_one(void **state)
{
    struct letter letter = a_letter(LETTER_ISSUED);

    (void)state;
    letter_take(&letter, letter_step_of(LETTER_WITHIN, LETTER_ISSUED, EVENT_RECEIVE), 77);
    assert_int_equal(letter.version, 5);
    assert_int_equal(letter.state, LETTER_RECEIVED);
    assert_int_equal(letter.state_since, 77);
    assert_true(letter.opened);
}

static void
a_fact_without_a_new_state_does_not_restart_its_clock(void **state)
{
    struct letter letter = a_letter(LETTER_FILE_CHECK);

    (void)state;
    letter.state_since = 5;
    letter_take(&letter, letter_step_of(LETTER_WITHIN, LETTER_FILE_CHECK, EVENT_ESCALATE), 77);
    assert_int_equal(letter.version, 5);
    assert_int_equal(letter.state_since, 5);
}

static void
a_correction_takes_two_accounts(void **state)
{
    const struct id one = { { 1 } };
    const struct id two = { { 2 } };
    struct letter letter = { .kind = LETTER_CORRECTION, .state = LETTER_UP_REVIEW, .version = 1 };
    struct letter_attempt attempt = { .event = EVENT_APPROVE, .actors = ACTOR_ABOVE_BOTH, .account = &one };
    const struct letter_step *step = letter_step_of(LETTER_CORRECTION, LETTER_UP_REVIEW, EVENT_APPROVE);

    (void)state;
    assert_int_equal(verdict_of(&letter, attempt), LETTER_MAY);
    letter_take(&letter, step, 1);
    assert_int_equal(letter.state, LETTER_UP_REVIEW);
    letter.approver = one;
    assert_int_equal(verdict_of(&letter, attempt), LETTER_SAME_APPROVER);
    attempt.account = &two;
    assert_int_equal(verdict_of(&letter, attempt), LETTER_MAY);
    attempt.actors = ACTOR_UPPER | ACTOR_SENDING_COMMITTEE | ACTOR_RECEIVING_COMMITTEE;
    assert_int_equal(verdict_of(&letter, attempt), LETTER_NOT_YOUR_STEP);
    letter_take(&letter, step, 1);
    assert_int_equal(letter.state, LETTER_CLOSED);
}

static void
who_stands_above_acts_for_a_party(void **state)
{
    struct letter_coverage district = { .from_branch = true, .from_committee = true, .above_from_committee = true };
    struct letter_coverage member = { .self = true };

    (void)state;
    assert_int_equal(letter_actors(&district),
                     ACTOR_APPLICANT | ACTOR_SENDING_BRANCH | ACTOR_SENDING_COMMITTEE | ACTOR_UPPER);
    district.above_to_committee = true;
    assert_true(letter_actors(&district) & ACTOR_ABOVE_BOTH);
    assert_int_equal(letter_actors(&member), ACTOR_APPLICANT);
    assert_int_equal(letter_actors(&(struct letter_coverage){ .to_branch = true }), ACTOR_RECEIVING_BRANCH);
}

static void
a_number_reads_year_and_serial(void **state)
{
    struct letter letter = a_letter(LETTER_AGREED);
    char text[LETTER_NUMBER_SIZE];

    (void)state;
    letter_number_format(&letter.number, text);
    assert_string_equal(text, "");
    letter_number_it(&letter, (struct letter_number){ .year = 2026, .serial = 17 }, TODAY, 10);
    letter_number_format(&letter.number, text);
    assert_string_equal(text, "2026-000017");
    assert_int_equal(letter.valid_to, TODAY + 10);
    letter.number.serial = INT64_MAX;
    letter_number_format(&letter.number, text);
    assert_string_equal(text, "2026-9223372036854775807");
}

static void
months_behind_are_those_between_the_paid_one_and_this(void **state)
{
    struct letter letter = { .dues_paid_to = month_of(TODAY) - 3 };

    (void)state;
    assert_int_equal(letter_months_behind(&letter, TODAY), 2);
    letter.dues_paid_to = month_of(TODAY) - 1;
    assert_int_equal(letter_months_behind(&letter, TODAY), 0);
    letter.dues_paid_to = month_of(TODAY) + 1;
    assert_int_equal(letter_months_behind(&letter, TODAY), 0);
    letter.dues_paid_to = LETTER_MONTH_NONE;
    assert_int_equal(letter_months_behind(&letter, TODAY), 0);
}

static void
codes_are_read_back(void **state)
{
    (void)state;
    for (int s = LETTER_NONE + 1; s < LETTER_STATE_END; s++)
        assert_int_equal(letter_state_parse(letter_state_code((enum letter_state)s)), s);
    assert_int_equal(letter_state_parse("nowhere"), LETTER_NONE);
    assert_int_equal(letter_state_parse(NULL), LETTER_NONE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_the_golden_one),
        cmocka_unit_test(no_pair_stands_twice),
        cmocka_unit_test(ends_have_no_exit),
        cmocka_unit_test(no_open_state_is_a_dead_end),
        cmocka_unit_test(every_state_is_reached_from_draft_or_reissue),
        cmocka_unit_test(the_member_moves_exactly_at_assign),
        cmocka_unit_test(the_member_leaves_exactly_at_the_receipt_from_outside),
        cmocka_unit_test(a_letter_to_outside_has_no_receiver_here),
        cmocka_unit_test(nothing_takes_the_member_back),
        cmocka_unit_test(a_letter_that_holds_its_member_can_be_voided_from_above),
        cmocka_unit_test(a_number_is_allotted_at_issue_only),
        cmocka_unit_test(the_state_forbids_what_the_table_does_not_list),
        cmocka_unit_test(a_step_belongs_to_its_actor),
        cmocka_unit_test(a_refusal_needs_words),
        cmocka_unit_test(the_branch_states_dues_when_it_agrees),
        cmocka_unit_test(validity_includes_its_last_day),
        cmocka_unit_test(a_recalled_letter_is_voided_unless_it_was_opened),
        cmocka_unit_test(a_step_raises_the_version_by_one),
        cmocka_unit_test(a_fact_without_a_new_state_does_not_restart_its_clock),
        cmocka_unit_test(a_correction_takes_two_accounts),
        cmocka_unit_test(who_stands_above_acts_for_a_party),
        cmocka_unit_test(a_number_reads_year_and_serial),
        cmocka_unit_test(months_behind_are_those_between_the_paid_one_and_this),
        cmocka_unit_test(codes_are_read_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
