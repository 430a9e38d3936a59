/* SPDX-License-Identifier: Apache-2.0 */
/* Metrics as static tables of atomics. Any thread; label texts must outlive the process (they are literals or rows of
 * static tables). */
#include "io/metrics.h"

#include <inttypes.h>

#include "base/check.h"
#include "base/banned.h"

#define MAX_METRICS 128

/* upper bounds in microseconds; the last bucket is +Inf */
static const int64_t bounds[METRIC_BUCKETS - 1] = { 250,   500,    1000,   2500,    5000,    10000,   25000,
                                                    50000, 100000, 250000, 1000000, 2500000, 10000000 };
static const char *const kind_names[] = { "counter", "gauge", "histogram" };

static struct metric *registered[MAX_METRICS]; /* filled before threads start */
static size_t n_registered;

void
metrics_register(struct metric *metric)
{
    for (size_t i = 0; i < n_registered; i++)
        if (registered[i] == metric)
            return;
    CHECK(n_registered < MAX_METRICS);
    registered[n_registered++] = metric;
}

static struct metric_series *
series_of(struct metric *metric, const char *label)
{
    if (!label)
        label = "";
    for (size_t i = 0; i < METRIC_SERIES; i++) {
        struct metric_series *series = &metric->series[i];
        const char *present = atomic_load_explicit(&series->label, memory_order_acquire);
        const char *mine = i + 1 < METRIC_SERIES ? label : "other";

        if (!present && atomic_compare_exchange_strong(&series->label, &present, mine))
            return series;
        if (present == mine || (present && strcmp(present, mine) == 0))
            return series;
    }
    return &metric->series[METRIC_SERIES - 1];
}

void
metric_add(struct metric *metric, const char *label, int64_t n)
{
    atomic_fetch_add_explicit(&series_of(metric, label)->value, n, memory_order_relaxed);
}

void
metric_set(struct metric *metric, const char *label, int64_t value)
{
    atomic_store_explicit(&series_of(metric, label)->value, value, memory_order_relaxed);
}

void
metric_observe(struct metric *metric, const char *label, int64_t microseconds)
{
    struct metric_series *series = series_of(metric, label);
    size_t i = 0;

    while (i < METRIC_BUCKETS - 1 && microseconds > bounds[i])
        i++;
    atomic_fetch_add_explicit(&series->bucket[i], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&series->count, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&series->value, microseconds, memory_order_relaxed);
}

int64_t
metric_value(struct metric *metric, const char *label)
{
    return atomic_load(&series_of(metric, label)->value);
}

static void
write_labels(struct strbuf *out, const struct metric *metric, const char *value, const char *bound)
{
    if (!metric->label && !bound)
        return;
    strbuf_char(out, '{');
    if (metric->label)
        strbuf_printf(out, "%s=\"%s\"%s", metric->label, value, bound ? "," : "");
    if (bound)
        strbuf_printf(out, "le=\"%s\"", bound);
    strbuf_char(out, '}');
}

static void
write_seconds(struct strbuf *out, int64_t microseconds)
{
    strbuf_printf(out, "%" PRId64 ".%06" PRId64, microseconds / 1000000, microseconds % 1000000);
}

static void
write_histogram(struct strbuf *out, struct metric *metric, struct metric_series *series, const char *label)
{
    int64_t total = 0;

    for (size_t i = 0; i < METRIC_BUCKETS; i++) {
        struct strbuf bound;

        strbuf_init(&bound, 32);
        if (i < METRIC_BUCKETS - 1)
            write_seconds(&bound, bounds[i]);
        else
            strbuf_text(&bound, "+Inf");
        total += atomic_load(&series->bucket[i]);
        strbuf_printf(out, "%s_bucket", metric->name);
        write_labels(out, metric, label, bound.data);
        strbuf_printf(out, " %" PRId64 "\n", total);
        strbuf_done(&bound);
    }
    strbuf_printf(out, "%s_sum", metric->name);
    write_labels(out, metric, label, NULL);
    strbuf_char(out, ' ');
    write_seconds(out, atomic_load(&series->value));
    strbuf_printf(out, "\n%s_count", metric->name);
    write_labels(out, metric, label, NULL);
    strbuf_printf(out, " %" PRId64 "\n", total);
}

static void
write_metric(struct strbuf *out, struct metric *metric)
{
    strbuf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", metric->name, metric->prose, metric->name,
                  kind_names[metric->kind]);
    for (size_t i = 0; i < METRIC_SERIES; i++) {
        struct metric_series *series = &metric->series[i];
        const char *label = atomic_load(&series->label);

        if (!label)
            break;
        if (metric->kind == METRIC_HISTOGRAM) {
            write_histogram(out, metric, series, label);
            continue;
        }
        strbuf_text(out, metric->name);
        write_labels(out, metric, label, NULL);
        strbuf_printf(out, " %" PRId64 "\n", (int64_t)atomic_load(&series->value));
    }
}

void
metrics_write(struct strbuf *out)
{
    for (size_t i = 0; i < n_registered; i++)
        write_metric(out, registered[i]);
}

void
metrics_help(struct strbuf *out)
{
    for (size_t i = 0; i < n_registered; i++)
        strbuf_printf(out, "%s (%s%s%s)\n    %s\n", registered[i]->name, kind_names[registered[i]->kind],
                      registered[i]->label ? ", by " : "", registered[i]->label ? registered[i]->label : "",
                      registered[i]->prose);
}
