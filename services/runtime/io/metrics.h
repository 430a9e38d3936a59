/* SPDX-License-Identifier: Apache-2.0 */
/* Counters, gauges and histograms, each declared once with its operator's paragraph; Prometheus text is written from
 * the declarations. A metric may have one label; its values are fixed at declaration or taken as they come up to a
 * limit. Thread safe, lock-free on the hot path after the first use of a label value. */
#ifndef LIANGXIN_IO_METRICS_H
#define LIANGXIN_IO_METRICS_H

#include <stdatomic.h>
#include <stdint.h>

#include "base/strbuf.h"

enum metric_kind { METRIC_COUNTER, METRIC_GAUGE, METRIC_HISTOGRAM };

#define METRIC_SERIES  64 /* label values a metric may have; later ones are counted under "other" */
#define METRIC_BUCKETS 14

struct metric_series {
    _Atomic(const char *) label; /* NULL until taken */
    atomic_int_fast64_t value;   /* counter, gauge; histogram: sum of microseconds */
    atomic_int_fast64_t count;
    atomic_int_fast64_t bucket[METRIC_BUCKETS];
};

struct metric {
    const char *name; /* "liangxin_rpc_seconds" */
    enum metric_kind kind;
    const char *label; /* label name, or NULL */
    const char *prose; /* one or two sentences for the operator */
    struct metric_series series[METRIC_SERIES];
};

/* Makes the metric visible in the exposition. Call once, before threads start; `metric` is static. */
void metrics_register(struct metric *metric);
void metric_add(struct metric *metric, const char *label, int64_t n);
void metric_set(struct metric *metric, const char *label, int64_t value);
/* Histogram: one observation in microseconds. */
void metric_observe(struct metric *metric, const char *label, int64_t microseconds);
/* The present value of a series; 0 when there is none. For tests and health. */
int64_t metric_value(struct metric *metric, const char *label);

/* Prometheus text format 0.0.4 of everything registered. */
void metrics_write(struct strbuf *out);
/* Name, kind and prose of everything registered, for --help-metrics. */
void metrics_help(struct strbuf *out);

#endif
