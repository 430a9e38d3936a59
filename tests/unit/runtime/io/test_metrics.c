/* SPDX-License-Identifier: Apache-2.0 */
/* Metrics: the text that Prometheus reads, and the limit on series. */
#include "support/cmocka_all.h"

#include <ctype.h>
#include <pthread.h>
#include <stdio.h>

#include "io/metrics.h"

static struct metric calls = {
    .name = "test_calls_total", .kind = METRIC_COUNTER, .label = "method", .prose = "Calls."
};
static struct metric depth = { .name = "test_depth", .kind = METRIC_GAUGE, .prose = "Depth." };
static struct metric seconds = {
    .name = "test_seconds", .kind = METRIC_HISTOGRAM, .label = "method", .prose = "Time."
};
static struct metric crowded = {
    .name = "test_crowded_total", .kind = METRIC_COUNTER, .label = "who", .prose = "All."
};
static struct metric shared = { .name = "test_shared_total", .kind = METRIC_COUNTER, .label = "who", .prose = "All." };

static char *
exposition(void)
{
    struct strbuf out;
    char *text;

    strbuf_init(&out, 1 << 20);
    metrics_write(&out);
    assert_false(out.failed);
    text = strdup(out.data ? out.data : "");
    strbuf_done(&out);
    return text;
}

/* The value behind a series; fails the test when there is none. */
static double
value_of(const char *text, const char *series)
{
    for (const char *line = text; *line; line = strchr(line, '\n') + 1)
        if (strncmp(line, series, strlen(series)) == 0 && line[strlen(series)] == ' ')
            return strtod(line + strlen(series), NULL);
    fail_msg("no series %s in:\n%s", series, text);
    return 0;
}

static size_t
name_length(const char *at)
{
    size_t n = 0;

    while (isalnum((unsigned char)at[n]) || at[n] == '_')
        n++;
    return n && !isdigit((unsigned char)at[0]) ? n : 0;
}

/* name or name{label="value",...}; the length of it, or 0. */
static size_t
series_length(const char *line)
{
    const char *at = line + name_length(line);

    if (at == line || *at != '{')
        return (size_t)(at - line);
    do {
        size_t n = name_length(++at);

        if (!n || strncmp(at + n, "=\"", 2) != 0 || !(at = strchr(at + n + 2, '"')))
            return 0;
        at++;
    } while (*at == ',');
    return *at == '}' ? (size_t)(at + 1 - line) : 0;
}

static bool
is_sample(const char *line)
{
    size_t n = series_length(line);
    char *end;

    if (!n || line[n] != ' ')
        return false;
    strtod(line + n + 1, &end);
    return end > line + n + 1 && *end == '\n';
}

static void
test_every_line_follows_the_text_format(void **state)
{
    char *text;

    (void)state;
    metric_add(&calls, "a.v1.A/Get", 2);
    metric_set(&depth, NULL, -3);
    metric_observe(&seconds, "a.v1.A/Get", 700);
    text = exposition();
    for (const char *line = text; *line; line = strchr(line, '\n') + 1) {
        assert_non_null(strchr(line, '\n'));
        if (strncmp(line, "# HELP test_", 12) != 0 && strncmp(line, "# TYPE test_", 12) != 0 && !is_sample(line))
            fail_msg("not in the format: %.80s", line);
    }
    assert_non_null(strstr(text, "# TYPE test_calls_total counter\n"));
    assert_non_null(strstr(text, "# TYPE test_depth gauge\n"));
    assert_non_null(strstr(text, "# TYPE test_seconds histogram\n"));
    assert_true(value_of(text, "test_calls_total{method=\"a.v1.A/Get\"}") == 2);
    assert_true(value_of(text, "test_depth") == -3);
    free(text);
}

static void
test_a_metric_registered_twice_is_written_once(void **state)
{
    char *text;

    (void)state;
    metrics_register(&depth);
    text = exposition();
    assert_null(strstr(strstr(text, "# TYPE test_depth ") + 1, "# TYPE test_depth "));
    free(text);
}

static void
test_histogram_buckets_are_cumulative_and_end_with_the_count(void **state)
{
    static const int64_t observations[] = { 0, 250, 251, 999, 1000000, 9999999, 10000001, 3600000000 };
    double last = 0;
    char *text;
    int buckets = 0;

    (void)state;
    for (size_t i = 0; i < sizeof observations / sizeof *observations; i++)
        metric_observe(&seconds, "b", observations[i]);
    text = exposition();
    for (const char *line = text; (line = strstr(line, "test_seconds_bucket{method=\"b\",le=")) != NULL; line++) {
        double now = strtod(strchr(line, ' '), NULL);

        assert_true(now >= last);
        last = now;
        buckets++;
    }
    assert_int_equal(buckets, METRIC_BUCKETS);
    assert_true(value_of(text, "test_seconds_bucket{method=\"b\",le=\"0.000250\"}") == 2);
    assert_true(value_of(text, "test_seconds_bucket{method=\"b\",le=\"0.000500\"}") == 3);
    assert_true(value_of(text, "test_seconds_bucket{method=\"b\",le=\"10.000000\"}") == 6);
    assert_true(value_of(text, "test_seconds_bucket{method=\"b\",le=\"+Inf\"}") == 8);
    assert_true(value_of(text, "test_seconds_count{method=\"b\"}") == 8);
    assert_true(value_of(text, "test_seconds_sum{method=\"b\"}") == 3621.0015);
    free(text);
}

static void
test_series_past_the_limit_are_counted_together(void **state)
{
    static char names[100][16];
    char *text;
    int series = 0;

    (void)state;
    for (int i = 0; i < 100; i++) {
        snprintf(names[i], sizeof names[i], "label-%d", i);
        metric_add(&crowded, names[i], 1);
        metric_add(&crowded, names[i], 1);
    }
    text = exposition();
    for (const char *line = text; (line = strstr(line, "\ntest_crowded_total{")) != NULL; line++)
        series++;
    assert_int_equal(series, METRIC_SERIES);
    assert_true(value_of(text, "test_crowded_total{who=\"label-0\"}") == 2);
    assert_true(value_of(text, "test_crowded_total{who=\"other\"}") == 2 * (100 - METRIC_SERIES + 1));
    free(text);
}

static void *
count_a_lot(void *argument)
{
    static const char *const names[] = { "a", "b", "c", "d", "e" };

    (void)argument;
    for (int i = 0; i < 50000; i++)
        metric_add(&shared, names[i % 5], 1);
    return NULL;
}

static void
test_threads_that_count_together_lose_nothing(void **state)
{
    pthread_t threads[4];
    char *text;
    double sum = 0;

    (void)state;
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, count_a_lot, NULL), 0);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    text = exposition();
    for (const char *name = "abcde"; *name; name++) {
        char series[64];

        snprintf(series, sizeof series, "test_shared_total{who=\"%c\"}", *name);
        sum += value_of(text, series);
    }
    assert_true(sum == 200000);
    free(text);
}

static void
test_the_value_of_a_series_is_read_back(void **state)
{
    (void)state;
    metric_add(&calls, "read-back", 41);
    metric_add(&calls, "read-back", 1);
    assert_int_equal(metric_value(&calls, "read-back"), 42);
    assert_int_equal(metric_value(&calls, "never"), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_line_follows_the_text_format),
        cmocka_unit_test(test_a_metric_registered_twice_is_written_once),
        cmocka_unit_test(test_histogram_buckets_are_cumulative_and_end_with_the_count),
        cmocka_unit_test(test_series_past_the_limit_are_counted_together),
        cmocka_unit_test(test_threads_that_count_together_lose_nothing),
        cmocka_unit_test(test_the_value_of_a_series_is_read_back),
    };

    metrics_register(&calls);
    metrics_register(&depth);
    metrics_register(&seconds);
    metrics_register(&crowded);
    metrics_register(&shared);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
