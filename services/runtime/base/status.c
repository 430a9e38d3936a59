/* SPDX-License-Identifier: Apache-2.0 */
/* Statuses and their two tables. Pure; what it makes lives in the caller's arena. */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/check.h"
#include "base/text.h"
#include "base/banned.h"

#define DETAIL_SIZE 512
#define CUT_MARK    "…"

static const struct {
    int http;
    bool retry;
    int level;
} kinds[] = {
#define X(name, http, retry, level) [STATUS_##name] = { http, retry, level },
    STATUS_KINDS(X)
#undef X
};

static const struct problem problems[PROBLEM_COUNT] = {
#define PROBLEM(name, slug, kind, zh, en) [PROBLEM_##name] = { slug, STATUS_##kind, zh, en },
#include "base/problems.def"
#undef PROBLEM
};

static const struct status plain[PROBLEM_COUNT] = {
#define PROBLEM(name, slug, kind, zh, en) [PROBLEM_##name] = { .problem = &problems[PROBLEM_##name] },
#include "base/problems.def"
#undef PROBLEM
};

const struct problem *
problem_of(enum problem_name name)
{
    return &problems[name];
}

const struct problem *
problem_find(const char *slug)
{
    for (size_t i = 0; i < PROBLEM_COUNT; i++)
        if (strcmp(problems[i].slug, slug) == 0)
            return &problems[i];
    return NULL;
}

int
status_http(status_t st)
{
    return st ? kinds[st->problem->kind].http : 200;
}

bool
status_retryable(status_t st)
{
    return st && kinds[st->problem->kind].retry;
}

int
status_log_level(status_t st)
{
    return st ? kinds[st->problem->kind].level : 0;
}

bool
status_is(status_t st, enum problem_name name)
{
    return st && st->problem == &problems[name];
}

status_t
status_plain(enum problem_name name)
{
    return &plain[name];
}

static struct status *
status_new(struct arena *arena, enum problem_name name)
{
    struct status *st = arena_alloc(arena, sizeof *st);

    st->problem = &problems[name];
    return st;
}

status_t
status_field(struct arena *arena, enum problem_name name, const char *pointer)
{
    struct status *st = status_new(arena, name);

    st->pointer = arena_text(arena, pointer);
    return st;
}

status_t
status_detail(struct arena *arena, enum problem_name name, const char *format, ...)
{
    struct status *st = status_new(arena, name);
    char text[DETAIL_SIZE];
    va_list args;

    va_start(args, format);
    if (vsnprintf(text, sizeof text, format, args) >= DETAIL_SIZE)
        memcpy(text + text_within(text, sizeof text - sizeof CUT_MARK), CUT_MARK, sizeof CUT_MARK);
    va_end(args);
    st->detail = arena_text(arena, text);
    return st;
}

status_t
status_later(struct arena *arena, enum problem_name name, int64_t wait_ms)
{
    struct status *st = status_new(arena, name);
    int64_t wait_s = (wait_ms + 999) / 1000;

    st->retry_after_ms = wait_ms < UINT32_MAX ? (uint32_t)wait_ms : UINT32_MAX;
    st->detail = arena_printf(arena, "%lld s", (long long)wait_s);
    return st;
}

status_t
status_stale(struct arena *arena, const struct comparison *comparison)
{
    struct status *st = status_new(arena, PROBLEM_STALE);

    st->comparison = arena_copy(arena, comparison, sizeof *comparison);
    return st;
}

status_t
status_because(struct arena *arena, enum problem_name name, status_t cause)
{
    struct status *st = status_new(arena, name);

    st->cause = cause;
    return st;
}

status_t
status_join(struct arena *arena, status_t first, status_t more)
{
    struct status *head;

    if (!first || !more)
        return first ? first : more;
    head = arena_copy(arena, first, sizeof *first);
    head->next = status_join(arena, first->next, more);
    return head;
}
