/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: the two coverages (两个覆盖). What is true of a unit or an organization on a day is a set of marks, made
 * where its row is read (store_coverage.c); a measure is those rows that have some marks and have not others. Reports
 * count by this table and lists select by it, so a figure and its rows are the same set, and a rate's count is part of
 * its base. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_COVERAGE_MEASURE_H
#define LIANGXIN_ORGANIZATIONS_COVERAGE_MEASURE_H

#include <stddef.h>
#include <stdint.h>

/* Of a unit. The statement gives each its number: neither may change alone. */
enum unit_mark {
    UNIT_IS_OPERATING = 1,  /* 实体运营 */
    UNIT_IS_COVERED = 2,    /* has an organization */
    UNIT_IS_SINGLE = 4,     /* 单独组建 */
    UNIT_IS_JOINT = 8,      /* 联合组建 */
    UNIT_IS_DUE = 16,       /* full members enough for its own branch */
    UNIT_IS_EFFECTIVE = 32, /* the organization has a secretary and members */
    UNIT_HAS_INSTRUCTOR = 64,
    UNIT_HAS_MASS = 128,
    UNIT_IS_WORKED = 256, /* any of the three */
    UNIT_IS_SIZED = 512,
    UNIT_IS_LARGE = 1024,
};

/* Of an organization. */
enum organization_mark {
    ORGANIZATION_IS_COUNTED = 1, /* not an organ */
    ORGANIZATION_IS_BRANCH = 2,  /* a branch: takes members */
    ORGANIZATION_IS_JOINT = 4,
    ORGANIZATION_IS_WIDE = 8,
    ORGANIZATION_IS_EMPTY = 16,
    ORGANIZATION_IS_FEW = 32,
    ORGANIZATION_IS_MANY = 64,
    ORGANIZATION_IS_VACANT = 128, /* no secretary in post */
};

struct measure {
    int must;            /* marks it has */
    int without;         /* marks it has not */
    int base;            /* the measure that its rate is a part of; 0: none */
    const char *article; /* the rule's source, or NULL */
};

#define UNIT_MEASURES         21
#define ORGANIZATION_MEASURES 8

/* By the numbers of the .proto, from 1. */
extern const struct measure unit_measures[UNIT_MEASURES + 1];
extern const struct measure organization_measures[ORGANIZATION_MEASURES + 1];

/* Adds `n` rows of these marks to the measures they belong to; `counts` has one place for each, from 1. */
void measure_count(const struct measure *measures, size_t most, int marks, int64_t n, int64_t *counts);
/* count / base in ten-thousandths, rounded half up; -1 when there is nothing to divide by. */
int64_t measure_rate(int64_t count, int64_t base);

#endif
