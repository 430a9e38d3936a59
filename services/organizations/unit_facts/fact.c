/* SPDX-License-Identifier: Apache-2.0 */
/* Values and verdicts of fields. Pure. */
#include "organizations/unit_facts/fact.h"

#include "base/text.h"
#include "base/banned.h"

#define DIGITS 15 /* of a number: all that JSON carries whole */

const struct word fact_kinds[] = {
    { "文本", "text" }, { "数量", "count" }, { "金额", "fen" }, { "是否", "yes_no" }, { "代码", "word" }, { 0 },
};

const struct word fact_sources[] = {
    { "单位", "unit" }, { "指导员", "instructor" }, { "属地", "street" }, { "登记名单", "registration" }, { 0 },
};

static enum problem_name
check_text(const struct fact_field *field, struct slice text)
{
    return field->most && text_length(text) > (size_t)field->most ? PROBLEM_TOO_LONG : PROBLEM_COUNT;
}

static enum problem_name
check_number(const struct fact_field *field, struct slice text)
{
    int64_t number = 0;

    if (!text_is_digits(text) || (text.size > 1 && text.data[0] == '0'))
        return PROBLEM_BAD_FORMAT;
    if (text.size > DIGITS)
        return PROBLEM_OUT_OF_RANGE;
    for (size_t i = 0; i < text.size; i++)
        number = number * 10 + (text.data[i] - '0');
    return field->most && number > field->most ? PROBLEM_OUT_OF_RANGE : PROBLEM_COUNT;
}

static enum problem_name
check_yes_no(const struct fact_field *field, struct slice text)
{
    (void)field;
    return slice_is(text, "true") || slice_is(text, "false") ? PROBLEM_COUNT : PROBLEM_BAD_VALUE;
}

/* The list is "|a|b|". */
static enum problem_name
check_word(const struct fact_field *field, struct slice text)
{
    for (const char *at = field->words; at && at[1]; at = strchr(at + 1, '|')) {
        const char *end = strchr(at + 1, '|');

        if (end && slice_equal(slice_make(at + 1, (size_t)(end - at - 1)), text))
            return PROBLEM_COUNT;
    }
    return PROBLEM_BAD_VALUE;
}

/* PROBLEM_COUNT: the value is good. */
static enum problem_name (*const checks[])(const struct fact_field *, struct slice) = {
    [FACT_TEXT] = check_text,     [FACT_COUNT] = check_number, [FACT_FEN] = check_number,
    [FACT_YES_NO] = check_yes_no, [FACT_WORD] = check_word,
};

status_t
fact_read(struct arena *arena, const struct fact_field *field, const char *text, const char *pointer,
          const char **ret_value)
{
    struct slice value = text_trim(slice_of(text));
    enum problem_name problem;

    *ret_value = NULL;
    if (field->counted)
        return status_field(arena, PROBLEM_BAD_VALUE, pointer);
    if (value.size == 0)
        return field->required ? status_field(arena, PROBLEM_REQUIRED, pointer) : OK;
    problem = checks[field->kind](field, value);
    if (problem != PROBLEM_COUNT)
        return status_field(arena, problem, pointer);
    *ret_value = arena_text_slice(arena, value);
    return OK;
}

enum fact_outcome
fact_judge(const struct held_fact *held, const char *offered, enum fact_source source, bool proposes)
{
    bool same = held->value && offered ? strcmp(held->value, offered) == 0 : held->value == offered;

    if (same)
        return FACT_SAME;
    if (proposes)
        return FACT_CONFLICT;
    return !held->value || held->source == (int)source ? FACT_WRITTEN : FACT_CONFLICT;
}

bool
fact_day_is_good(const struct held_fact *held, date_t as_of, date_t today)
{
    return as_of <= today && (held->as_of == DATE_NONE || as_of >= held->as_of);
}
