/* SPDX-License-Identifier: Apache-2.0 */
/* Ours beside a limit, in one run: alternating pairs, so that both meet the same moods of the machine; the result is
 * the median of the pairs' ratios. Prints one JSON object a line. */
#ifndef LIANGXIN_BENCH_BENCH_H
#define LIANGXIN_BENCH_BENCH_H

#include <stdbool.h>
#include <stddef.h>

#define BENCH_PAIRS 3

struct bench {
    const char *name;
    const char *unit; /* of both rates, "calls/s" */
    double (*ours)(void *context);
    double (*limit)(void *context);
    void *context;
};

/* Runs the pairs and prints the line. */
void bench_run(const struct bench *bench);
/* Ascending. */
void bench_sort(double *figures, size_t count);
/* Sorts and gives the middle one. */
double bench_median(double *figures, size_t count);
/* Seconds one measurement lasts: 4, or LIANGXIN_BENCH_SECONDS. */
double bench_seconds(void);

#endif
