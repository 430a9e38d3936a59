/* SPDX-License-Identifier: Apache-2.0 */
/* What messages say. */
#include "notifications/title.h"

#include <liangxin/transfers/v1/transfers.pb-c.h>

#include "base/slice.h"
#include "base/text.h"
#include "support/cmocka_all.h"

#define GENERAL_ZH "介绍信有新的进展"

static struct title
title_of_letter(const char *event, const char *state)
{
    return title_of(MESSAGE_LETTER, MESSAGE_FOR_STEP, event, state);
}

static void
test_a_new_request_waits_for_the_branch(void **state)
{
    struct title title = title_of_letter("submit", "submitted");

    (void)state;
    assert_string_equal(title.zh, "有新的转接申请待支部审核");
    assert_string_equal(title.en, "A new transfer request waits for the branch");
}

static void
test_some_events_say_more_than_their_state(void **state)
{
    (void)state;
    assert_string_not_equal(title_of_letter("correct", "issued").zh, title_of_letter("issue", "issued").zh);
    assert_string_equal(title_of_letter("deliver", "issued").zh, title_of_letter("issue", "issued").zh);
    assert_string_not_equal(title_of_letter("remind", "issued").zh, title_of_letter("issue", "issued").zh);
}

static void
test_an_unknown_step_has_general_words(void **state)
{
    (void)state;
    assert_string_equal(title_of_letter("teleport", "elsewhere").zh, GENERAL_ZH);
    assert_string_equal(title_of_letter("", "").zh, GENERAL_ZH);
}

/* LETTER_STATE_UP_REVIEW is "up_review" on the wire. */
static void
code_of(const char *name, char *ret_code, size_t size)
{
    size_t i = 0;

    name += strlen("LETTER_STATE_");
    for (; name[i] && i + 1 < size; i++)
        ret_code[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] - 'A' + 'a' : name[i]);
    ret_code[i] = '\0';
}

/* States in which somebody acts next; the others (办结, 取消 and so on) tell nobody. */
static void
test_every_state_with_a_next_step_has_words_of_its_own(void **state)
{
    const ProtobufCEnumDescriptor *states = &liangxin__transfers__v1__letter_state__descriptor;
    int with_words = 0;

    (void)state;
    for (unsigned i = 1; i < states->n_values; i++) {
        struct title title;
        char code[64];

        code_of(states->values[i].name, code, sizeof code);
        title = title_of_letter("", code);
        assert_true(text_is_clean(slice_of(title.zh)) && text_is_clean(slice_of(title.en)));
        with_words += strcmp(title.zh, GENERAL_ZH) != 0;
    }
    assert_int_equal(with_words, 15);
}

/* Who is told reads other words than whoever must act. */
static void
test_levels_above_read_words_of_their_own(void **state)
{
    static const char *const events[][2] = {
        { "refuse", "refused_in" }, { "escalate", "file_check" }, { "escalate", "submitted" }, { "remind", "issued" }
    };

    (void)state;
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        struct title above = title_of(MESSAGE_LETTER, MESSAGE_FOR_INFORM, events[i][0], events[i][1]);

        assert_string_not_equal(above.zh, title_of_letter(events[i][0], events[i][1]).zh);
        assert_string_not_equal(above.zh, GENERAL_ZH);
    }
}

static void
test_every_kind_and_purpose_says_something(void **state)
{
    (void)state;
#define X(name, number, code)                                                                                          \
    assert_int_equal(message_kind_parse(code), MESSAGE_##name);                                                        \
    assert_true(text_is_clean(slice_of(title_of(MESSAGE_##name, MESSAGE_FOR_INFORM, "", "").zh)));                     \
    assert_true(title_of(MESSAGE_##name, MESSAGE_FOR_STEP, "", "").en[0] != '\0');
    MESSAGE_KINDS(X)
#undef X
    assert_int_equal(message_kind_parse("rumour"), MESSAGE_KIND_NONE);
    assert_int_equal(message_purpose_parse("inform"), MESSAGE_FOR_INFORM);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_new_request_waits_for_the_branch),
        cmocka_unit_test(test_some_events_say_more_than_their_state),
        cmocka_unit_test(test_an_unknown_step_has_general_words),
        cmocka_unit_test(test_every_state_with_a_next_step_has_words_of_its_own),
        cmocka_unit_test(test_levels_above_read_words_of_their_own),
        cmocka_unit_test(test_every_kind_and_purpose_says_something),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
