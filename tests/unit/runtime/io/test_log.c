/* SPDX-License-Identifier: Apache-2.0 */
/* Log lines as whoever collects stderr sees them. */
#include "support/cmocka_all.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include <jansson.h>

#include "base/date.h"
#include "io/log.h"
#include "io/metrics.h"

#define THREADS 4
#define LINES   200

static struct arena *arena;
static char text[1 << 18];
static int real_stderr;
static FILE *file;

/* From here to `caught`, stderr goes to a file of ours. */
static void catch (void)
{
    file = tmpfile();
    real_stderr = dup(STDERR_FILENO);
    assert_true(file && real_stderr >= 0);
    fcntl(fileno(file), F_SETFL, O_APPEND);
    dup2(fileno(file), STDERR_FILENO);
}

/* What was written, one JSON value a line; fails the test when a line is none. */
static json_t *
caught(void)
{
    json_t *lines = json_array();
    ssize_t n;

    dup2(real_stderr, STDERR_FILENO);
    close(real_stderr);
    n = pread(fileno(file), text, sizeof text - 1, 0);
    fclose(file);
    assert_true(n >= 0);
    text[n] = '\0';
    for (char *line = text; *line; line = strchr(line, '\n') + 1) {
        size_t length = strcspn(line, "\n");
        json_t *value = json_loadb(line, length, JSON_REJECT_DUPLICATES, NULL);

        if (!value || line[length] != '\n')
            fail_msg("no JSON line: %s", line);
        json_array_append_new(lines, value);
    }
    return lines;
}

static const char *
text_at(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));

    return value ? value : "";
}

static void
test_a_line_is_one_json_object_with_time_level_process_and_fields(void **state)
{
    json_t *lines;
    json_t *line;

    (void)state;
    log_open("transfers", LOG_INFO);
    catch ();
    LOG(LOG_WARN, "queue-full", log_number("length", 7), log_text("peer", "a\"b\nc"), log_text("absent", NULL));
    LOG(LOG_INFO, "bare");
    lines = caught();
    assert_int_equal(json_array_size(lines), 2);
    line = json_array_get(lines, 0);
    assert_string_equal(text_at(line, "level"), "warn");
    assert_string_equal(text_at(line, "process"), "transfers");
    assert_string_equal(text_at(line, "event"), "queue-full");
    assert_string_equal(text_at(line, "peer"), "a\"b\nc");
    assert_int_equal(json_integer_value(json_object_get(line, "length")), 7);
    assert_null(json_object_get(line, "absent"));
    assert_int_equal(strlen(text_at(line, "at")), INSTANT_SIZE - 1);
    json_decref(lines);
}

static void
test_lines_below_the_lowest_level_are_not_written(void **state)
{
    json_t *lines;

    (void)state;
    log_open("transfers", LOG_WARN);
    catch ();
    LOG(LOG_DEBUG, "no");
    LOG(LOG_INFO, "no");
    LOG(LOG_WARN, "yes");
    LOG(LOG_ERROR, "yes");
    log_status("no", status_plain(PROBLEM_NOT_FOUND), NULL);
    lines = caught();
    assert_int_equal(json_array_size(lines), 2);
    assert_string_equal(text_at(json_array_get(lines, 0), "event"), "yes");
    json_decref(lines);
}

static void
test_a_status_is_written_with_its_causes_at_its_own_level(void **state)
{
    status_t inner = status_detail(arena, PROBLEM_UNAVAILABLE, "sqlstate 08006");
    status_t st = status_because(arena, PROBLEM_INTERNAL, inner);
    json_t *lines;
    json_t *line;

    (void)state;
    log_open("transfers", LOG_DEBUG);
    catch ();
    log_status("call", st, (struct log_field[]){ log_text("method", "m"), { 0 } });
    lines = caught();
    line = json_array_get(lines, 0);
    assert_string_equal(text_at(line, "level"), "error");
    assert_string_equal(text_at(line, "problem"), "internal");
    assert_string_equal(text_at(line, "method"), "m");
    assert_string_equal(text_at(json_object_get(line, "cause"), "problem"), "unavailable");
    assert_string_equal(text_at(json_object_get(line, "cause"), "detail"), "sqlstate 08006");
    json_decref(lines);
}

/* A detail of 3-byte characters, so that no limit falls between two of them by chance. */
static const char *
long_text(size_t characters)
{
    struct strbuf buf;
    const char *copy;

    strbuf_init(&buf, 1 << 20);
    for (size_t i = 0; i < characters; i++)
        strbuf_text(&buf, "党");
    copy = arena_text(arena, buf.data);
    strbuf_done(&buf);
    return copy;
}

static void
test_a_text_that_is_too_long_is_cut_between_two_characters_and_counted(void **state)
{
    struct strbuf exposition;
    const char *shown;
    json_t *lines;
    json_t *line;

    (void)state;
    log_open("transfers", LOG_INFO);
    log_metrics();
    catch ();
    LOG(LOG_WARN, "call", log_text("method", "m"), log_text("detail", long_text(4000)));
    lines = caught();
    assert_int_equal(json_array_size(lines), 1);
    line = json_array_get(lines, 0);
    assert_string_equal(text_at(line, "method"), "m");
    shown = text_at(line, "detail");
    assert_int_equal(strlen(shown), 2046 + 3); /* 682 characters and the mark */
    assert_string_equal(shown + 2046, "…");
    assert_int_equal(json_integer_value(json_object_get(line, "cut")), 1);
    strbuf_init(&exposition, 1 << 20);
    metrics_write(&exposition);
    assert_non_null(strstr(exposition.data, "liangxin_log_cut_total 1\n"));
    strbuf_done(&exposition);
    json_decref(lines);
}

static void
test_a_line_of_many_long_texts_is_written_with_less_of_each(void **state)
{
    status_t st = status_detail(arena, PROBLEM_UNAVAILABLE, "%s", long_text(1000));
    struct log_field fields[30] = { 0 };
    json_t *lines;

    (void)state;
    for (int i = 0; i < 40; i++)
        st = status_because(arena, PROBLEM_INTERNAL, st);
    for (int i = 0; i < 29; i++)
        fields[i] = log_text(arena_printf(arena, "field%d", i), long_text(1000));
    log_open("transfers", LOG_INFO);
    catch ();
    log_status("call", st, fields);
    lines = caught();
    assert_int_equal(json_array_size(lines), 1);
    assert_int_equal(json_integer_value(json_object_get(json_array_get(lines, 0), "cut")), 29);
    json_decref(lines);
}

static void *
talk(void *argument)
{
    (void)argument;
    for (int i = 0; i < LINES; i++)
        LOG(LOG_INFO, "talk", log_number("i", i), log_text("who", "somebody who says a little more than a word"));
    return NULL;
}

static void
test_lines_of_many_threads_do_not_mix(void **state)
{
    pthread_t threads[THREADS];
    json_t *lines;

    (void)state;
    log_open("transfers", LOG_INFO);
    catch ();
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, talk, NULL);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    lines = caught();
    assert_int_equal(json_array_size(lines), THREADS * LINES);
    json_decref(lines);
}

static void
test_levels_have_four_words(void **state)
{
    static const char *const words[] = { "debug", "info", "warn", "error" };
    enum log_level level;

    (void)state;
    for (int i = 0; i < 4; i++) {
        assert_true(log_level_parse(words[i], &level));
        assert_int_equal(level, i);
    }
    assert_false(log_level_parse("warning", &level));
    assert_false(log_level_parse("", &level));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_line_is_one_json_object_with_time_level_process_and_fields),
        cmocka_unit_test(test_lines_below_the_lowest_level_are_not_written),
        cmocka_unit_test(test_a_status_is_written_with_its_causes_at_its_own_level),
        cmocka_unit_test(test_a_text_that_is_too_long_is_cut_between_two_characters_and_counted),
        cmocka_unit_test(test_a_line_of_many_long_texts_is_written_with_less_of_each),
        cmocka_unit_test(test_lines_of_many_threads_do_not_mix),
        cmocka_unit_test(test_levels_have_four_words),
    };
    int failed;

    arena = arena_new(1 << 20);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
