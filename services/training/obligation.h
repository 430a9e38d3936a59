/* SPDX-License-Identifier: Apache-2.0 */
/* How many class hours (学时) a year asks of whom. The numbers are data of the training schema. Pure. Hours are counted
 * in tenths: 32 hours are 320. */
#ifndef LIANGXIN_TRAINING_OBLIGATION_H
#define LIANGXIN_TRAINING_OBLIGATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"

/* name, code in the database; the numbers are those of training.v1.TraineeKind */
#define TRAINEE_KINDS(X)                                                                                               \
    X(MEMBER, 1, "member")                     /* 党员 */                                                            \
    X(COMMITTEE_MEMBER, 2, "committee_member") /* 基层党组织班子成员 */                                       \
    X(SECRETARY, 3, "secretary")               /* 基层党组织书记 */

enum trainee_kind {
#define X(name, number, code) TRAINEE_##name = (number),
    TRAINEE_KINDS(X)
#undef X
};

const char *trainee_kind_code(enum trainee_kind kind);
/* TRAINEE_MEMBER for what is no code of another. */
enum trainee_kind trainee_kind_parse(const char *code);

/* What a year asks of one kind of trainee. */
struct obligation {
    int64_t required; /* 0: no rule holds */
    int64_t day_most; /* hours of one day that count; 0: all */
    const char *article;
};

/* Days of one year in which a member had a duty, and what a whole year of it asks. */
struct duty_share {
    int64_t days;
    int64_t required;
};

/* Hours recorded for one event. */
struct hour_record {
    date_t held_on;
    int64_t recorded;
    int64_t planned; /* an event counts for no more than was planned */
};

struct progress {
    int64_t done;
    int64_t left; /* never below zero */
};

/* Records of one year against what it asks. `records` stand in the order of their days. */
struct progress
obligation_progress(const struct obligation *obligation, const struct hour_record *records, size_t count);
/* What a year of `days` asks of whoever had duties in some of them: each counts by its days, the rest as `otherwise`;
 * rounded to the nearest tenth. */
int64_t obligation_blend(const struct duty_share *shares, size_t count, int64_t otherwise, int64_t days);
/* First and last day of a year (1 to 9999); false for another number. */
bool training_year(int64_t year, date_t *ret_first, date_t *ret_last);

#endif
