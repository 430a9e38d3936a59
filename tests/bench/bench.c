/* SPDX-License-Identifier: Apache-2.0 */
/* The pairs and their median. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>

struct pair {
    double ours;
    double limit;
};

static int
by_ratio(const void *a, const void *b)
{
    const struct pair *left = a;
    const struct pair *right = b;
    double difference = left->ours / left->limit - right->ours / right->limit;

    return (difference > 0) - (difference < 0);
}

static int
ascending(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;

    return (left > right) - (left < right);
}

void
bench_sort(double *figures, size_t count)
{
    qsort(figures, count, sizeof *figures, ascending);
}

double
bench_median(double *figures, size_t count)
{
    bench_sort(figures, count);
    return figures[count / 2];
}

double
bench_seconds(void)
{
    const char *text = getenv("LIANGXIN_BENCH_SECONDS");

    return text ? strtod(text, NULL) : 4.0;
}

void
bench_run(const struct bench *bench)
{
    struct pair pairs[BENCH_PAIRS];
    const struct pair *median = &pairs[BENCH_PAIRS / 2];

    for (int i = 0; i < BENCH_PAIRS; i++) {
        pairs[i].ours = bench->ours(bench->context);
        pairs[i].limit = bench->limit(bench->context);
        fprintf(stderr, "%s: pair %d: ours %.0f, limit %.0f %s, ratio %.2f\n", bench->name, i + 1, pairs[i].ours,
                pairs[i].limit, bench->unit, pairs[i].ours / pairs[i].limit);
    }
    qsort(pairs, BENCH_PAIRS, sizeof *pairs, by_ratio);
    printf("{\"bench\":\"%s\",\"ours\":%.0f,\"limit\":%.0f,\"ratio\":%.2f,\"unit\":\"%s\"}\n", bench->name,
           median->ours, median->limit, median->ours / median->limit, bench->unit);
    fflush(stdout);
}
