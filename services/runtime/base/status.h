/* SPDX-License-Identifier: Apache-2.0 */
/* The one currency for "it did not work". NULL is success, so a check reads `if (st) return st;`.
 *
 * Two tables are the truth: STATUS_KINDS (what follows for HTTP, retry and log level) and problems.def (what people and
 * programs are told). A status points at a problem, may name the field, and may chain: `next` is one more problem of
 * the same request, `cause` is for the log and never leaves the process. Made in the call's arena, freed with it. */
#ifndef LIANGXIN_BASE_STATUS_H
#define LIANGXIN_BASE_STATUS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

/* name, HTTP status, may the caller simply try again, log level (0 debug .. 3 error) */
#define STATUS_KINDS(X)                                                                                                \
    X(INVALID, 400, false, 0)                                                                                          \
    X(UNAUTHENTIC, 401, false, 1)                                                                                      \
    X(DENIED, 403, false, 1)                                                                                           \
    X(NOT_FOUND, 404, false, 0)                                                                                        \
    X(NOT_ALLOWED, 405, false, 0)                                                                                      \
    X(BUSY, 409, true, 0)                                                                                              \
    X(CONFLICT, 409, false, 0)                                                                                         \
    X(STALE, 412, false, 0)                                                                                            \
    X(OVERSIZE, 413, false, 0)                                                                                         \
    X(MEDIA, 415, false, 0)                                                                                            \
    X(REFUSED, 422, false, 0)                                                                                          \
    X(PRECONDITION_REQUIRED, 428, false, 0)                                                                            \
    X(EXHAUSTED, 429, true, 2)                                                                                         \
    X(INTERNAL, 500, false, 3)                                                                                         \
    X(UNAVAILABLE, 503, true, 2)                                                                                       \
    X(TIMEOUT, 504, true, 2)

enum status_kind {
#define X(name, http, retry, level) STATUS_##name,
    STATUS_KINDS(X)
#undef X
};

enum problem_name {
#define PROBLEM(name, slug, kind, zh, en) PROBLEM_##name,
#include "base/problems.def"
#undef PROBLEM
    PROBLEM_COUNT
};

struct problem {
    const char *slug; /* stable, for programs */
    enum status_kind kind;
    const char *zh;
    const char *en;
};

/* A field of a row as it is now: JSON pointer into the row's representation, and the value there as text (codes, dates,
 * names, digits; empty: none). */
struct change {
    const char *pointer;
    const char *value;
};

/* What whoever edits an older version is shown (STALE): the current version, what differs, and who acted last where he
 * may see that. All live as long as the status. */
struct comparison {
    int64_t version;
    const char *at;           /* time of the last step, RFC 3339, or NULL */
    const char *organization; /* its name, for which the last one acted, or NULL */
    const char *role;         /* as what, or NULL */
    const struct change *changes;
    size_t n_changes;
};

struct status {
    const struct problem *problem;
    const char *pointer;                 /* JSON pointer of the field, or NULL */
    const char *detail;                  /* facts for people, no personal data, or NULL */
    const struct comparison *comparison; /* of STALE, or NULL */
    uint32_t retry_after_ms;             /* when it is worth trying again; 0: as the kind says */
    const struct status *next;
    const struct status *cause;
};

typedef const struct status *status_t;

#define OK ((status_t)0)

const struct problem *problem_of(enum problem_name name);
/* NULL when no problem has this slug. */
const struct problem *problem_find(const char *slug);

int status_http(status_t st);       /* 200 for OK */
bool status_retryable(status_t st); /* false for OK */
int status_log_level(status_t st);  /* 0 debug .. 3 error */
bool status_is(status_t st, enum problem_name name);

/* A status without field or detail; static, needs no arena, cannot fail. */
status_t status_plain(enum problem_name name);
/* A status that names the field; `pointer` is copied. */
status_t status_field(struct arena *arena, enum problem_name name, const char *pointer);
/* A status with a formatted detail; one over 511 bytes is cut and ends with "…". */
status_t status_detail(struct arena *arena, enum problem_name name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* A status that says when it is worth trying again, ms from now; its detail gives the seconds, rounded up. */
status_t status_later(struct arena *arena, enum problem_name name, int64_t wait_ms);
/* STALE with what is to be compared; the comparison itself is copied, what it points at is not. */
status_t status_stale(struct arena *arena, const struct comparison *comparison);
/* `st` with a cause for the log. */
status_t status_because(struct arena *arena, enum problem_name name, status_t cause);
/* `first` with `more` appended to its list; either may be NULL. */
status_t status_join(struct arena *arena, status_t first, status_t more);

#endif
