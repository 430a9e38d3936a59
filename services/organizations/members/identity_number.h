/* SPDX-License-Identifier: Apache-2.0 */
/* Citizen identity numbers (公民身份号码, GB 11643) and mobile numbers: read, proven, masked. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_MEMBERS_IDENTITY_NUMBER_H
#define LIANGXIN_ORGANIZATIONS_MEMBERS_IDENTITY_NUMBER_H

#include "base/arena.h"
#include "base/date.h"
#include "base/status.h"

#define IDENTITY_DIGITS 18
#define IDENTITY_SIZE   (IDENTITY_DIGITS + 1)

enum identity_verdict {
    IDENTITY_GOOD,
    IDENTITY_SCIENTIFIC, /* 3.20699E+17: a spreadsheet has eaten the digits */
    IDENTITY_FORMAT,     /* not 17 digits and a digit or X, or no such date in it */
    IDENTITY_CHECK_DIGIT,
};

/* Reads a number as people write it: spaces, a leading apostrophe, full-width digits and a small x are put right. */
enum identity_verdict identity_read(struct slice text, char ret_number[IDENTITY_SIZE]);
enum problem_name identity_problem(enum identity_verdict verdict);
/* The date of birth that a good number carries. */
date_t identity_birth(const char *number);
/* 320699********1130: the first six and the last four. */
const char *identity_mask(struct arena *arena, struct slice number);
bool identity_is_masked(struct slice text);

/* Digits with a leading + and single hyphens, 5 to 20 characters. */
bool telephone_is_good(struct slice text);
/* 139****7313: of eleven digits the first three and the last four; of others the last four. */
const char *telephone_mask(struct arena *arena, struct slice telephone);
bool telephone_is_masked(struct slice text);
/* 3.20699E+17 and the like. */
bool looks_scientific(struct slice text);

#endif
