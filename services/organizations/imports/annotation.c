/* SPDX-License-Identifier: Apache-2.0 */
/* Codes to words. Pure but for the arena. */
#include "organizations/imports/annotation.h"

#include "base/status.h"
#include "base/strbuf.h"
#include "organizations/imports/outcomes.h"
#include "base/banned.h"

#define PROBLEM_END '\x1e' /* between two problems of a row */
#define COLUMN_END  '\x1f' /* between a problem's column and its code */
#define LIMIT       ((size_t)16 * 1024)

static const char *
ledger_word(const struct word *list, const char *code)
{
    int value = word_of_code(list, code);

    return value ? list[value - 1].ledger : NULL;
}

struct slice
result_outcome(const struct row_result *result)
{
    const char *word = ledger_word(undo_outcomes, result->undo);

    return slice_of(word ? word : ledger_word(row_outcomes, result->outcome));
}

static void
add_code(struct strbuf *text, const char *code)
{
    const struct problem *problem = problem_find(code);

    strbuf_text(text, problem ? problem->zh : code);
}

/* One "column US code". */
static void
add_problem(struct strbuf *text, char *problem)
{
    char *code = strchr(problem, COLUMN_END);

    if (!code)
        return;
    *code++ = '\0';
    if (text->size)
        strbuf_text(text, "；");
    if (problem[0])
        strbuf_printf(text, "%s：", problem);
    add_code(text, code);
}

struct slice
result_reason(struct arena *arena, const struct row_result *result)
{
    char *rest = result->problems ? arena_text(arena, result->problems) : NULL;
    struct strbuf text;
    const char *copy;

    strbuf_init(&text, LIMIT);
    if (result->kept_code)
        add_code(&text, result->kept_code);
    while (rest) {
        char *end = strchr(rest, PROBLEM_END);

        if (end)
            *end++ = '\0';
        add_problem(&text, rest);
        rest = end;
    }
    copy = arena_text_slice(arena, strbuf_slice(&text));
    strbuf_done(&text);
    return slice_of(copy);
}
