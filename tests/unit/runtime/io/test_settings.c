/* SPDX-License-Identifier: Apache-2.0 */
/* Settings: everything wrong is told at once, nothing secret is shown. */
#include "support/cmocka_all.h"

#include <stdio.h>
#include <unistd.h>

#include "io/settings.h"

struct values {
    const char *name;
    const char *word;
    const char *key;
    int64_t count;
    int64_t wait_ms;
    bool loud;
};

static const struct setting table[] = {
    SETTING_ROW(struct values, name, "LIANGXIN_NAME", TEXT, NULL, 0, 0, "A required text.")
        SETTING_ROW(struct values, word, "LIANGXIN_WORD", TEXT, "", 0, 0, "A text that may be absent.")
            SETTING_ROW(struct values, key, "LIANGXIN_KEY_FILE", SECRET, "", 0, 0, "A secret.")
                SETTING_ROW(struct values, count, "LIANGXIN_COUNT", INTEGER, "4", 1, 64, "A number.")
                    SETTING_ROW(struct values, wait_ms, "LIANGXIN_WAIT_MS", MILLISECONDS, "250", 0, 1000, "A time.")
                        SETTING_ROW(struct values, loud, "LIANGXIN_LOUD", SWITCH, "off", 0, 0, "A switch.")
};

static const char *const known[] = { "LIANGXIN_NAME",    "LIANGXIN_WORD", "LIANGXIN_KEY_FILE",  "LIANGXIN_COUNT",
                                     "LIANGXIN_WAIT_MS", "LIANGXIN_LOUD", "LIANGXIN_OF_OTHERS", NULL };

static struct arena *arena;
static struct values values;
static const struct settings_part part = { table, sizeof table / sizeof *table, &values };

/* `lines` ends with NULL. */
static status_t
load(const char *const *lines)
{
    values = (struct values){ 0 };
    return settings_load(arena, (char **)(uintptr_t)lines, known, &part, 1);
}

static bool
tells(status_t st, enum problem_name name, const char *setting)
{
    for (; st; st = st->next)
        if (status_is(st, name) && st->detail && strstr(st->detail, setting))
            return true;
    return false;
}

static const char *
secret_file(const char *content, size_t size)
{
    char path[] = "/tmp/liangxin-test-secret-XXXXXX";
    int fd = mkstemp(path);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, content, size), size);
    close(fd);
    return arena_text(arena, path);
}

static void
test_what_is_not_said_takes_its_default(void **state)
{
    (void)state;
    assert_null(load((const char *[]){ "LIANGXIN_NAME=x", "PATH=/bin", NULL }));
    assert_string_equal(values.name, "x");
    assert_string_equal(values.word, "");
    assert_string_equal(values.key, "");
    assert_int_equal(values.count, 4);
    assert_int_equal(values.wait_ms, 250);
    assert_false(values.loud);
}

static void
test_all_faults_come_back_at_once(void **state)
{
    status_t st = load((const char *[]){ "LIANGXIN_COUNT=65", "LIANGXIN_WAIT_MS=soon", "LIANGXIN_LOUD=yes",
                                         "LIANGXIN_KEY_FILE=/nowhere/at/all", "LIANGXIN_WRODS=x", NULL });
    int count = 0;

    (void)state;
    assert_true(tells(st, PROBLEM_REQUIRED, "LIANGXIN_NAME"));
    assert_true(tells(st, PROBLEM_OUT_OF_RANGE, "LIANGXIN_COUNT"));
    assert_true(tells(st, PROBLEM_OUT_OF_RANGE, "LIANGXIN_WAIT_MS"));
    assert_true(tells(st, PROBLEM_BAD_VALUE, "LIANGXIN_LOUD"));
    assert_true(tells(st, PROBLEM_BAD_VALUE, "LIANGXIN_KEY_FILE"));
    assert_true(tells(st, PROBLEM_UNKNOWN_PARAMETER, "LIANGXIN_WRODS"));
    for (; st; st = st->next)
        count++;
    assert_int_equal(count, 6);
}

static void
test_a_name_that_no_process_knows_is_an_error_and_others_names_are_not(void **state)
{
    (void)state;
    assert_null(load((const char *[]){ "LIANGXIN_NAME=x", "LIANGXIN_OF_OTHERS=1", "MYLIANGXIN_X=1", NULL }));
    assert_true(tells(load((const char *[]){ "LIANGXIN_NAME=x", "LIANGXIN_NAM=1", NULL }), PROBLEM_UNKNOWN_PARAMETER,
                      "LIANGXIN_NAM"));
    assert_true(tells(load((const char *[]){ "LIANGXIN_NAME=x", "LIANGXIN_NAMES=1", NULL }), PROBLEM_UNKNOWN_PARAMETER,
                      "LIANGXIN_NAMES"));
}

static void
test_ranges_include_their_ends(void **state)
{
    static const struct {
        const char *line;
        bool good;
    } rows[] = {
        { "LIANGXIN_COUNT=1", true },       { "LIANGXIN_COUNT=64", true },
        { "LIANGXIN_COUNT=0", false },      { "LIANGXIN_COUNT=-1", false },
        { "LIANGXIN_COUNT=", false },       { "LIANGXIN_COUNT=5x", false },
        { "LIANGXIN_COUNT=5.0", false },    { "LIANGXIN_COUNT=99999999999999999999", false },
        { "LIANGXIN_WAIT_MS=0", true },     { "LIANGXIN_WAIT_MS=1000", true },
        { "LIANGXIN_WAIT_MS=1001", false }, { "LIANGXIN_LOUD=on", true },
        { "LIANGXIN_LOUD=ON", false },      { "LIANGXIN_LOUD=", false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if ((load((const char *[]){ "LIANGXIN_NAME=x", rows[i].line, NULL }) == OK) != rows[i].good)
            fail_msg("%s", rows[i].line);
}

static void
test_a_secret_is_the_trimmed_content_of_its_file(void **state)
{
    const char *path = secret_file("  deadbeef\n", 11);

    (void)state;
    assert_null(load((const char *[]){ "LIANGXIN_NAME=x", arena_printf(arena, "LIANGXIN_KEY_FILE=%s", path), NULL }));
    assert_string_equal(values.key, "deadbeef");
    unlink(path);
}

static void
test_an_empty_or_huge_secret_file_is_refused(void **state)
{
    static const char huge[8192];
    static const size_t sizes[] = { 0, sizeof huge };

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        const char *path = secret_file(huge, sizes[i]);
        const char *line = arena_printf(arena, "LIANGXIN_KEY_FILE=%s", path);

        assert_true(
            tells(load((const char *[]){ "LIANGXIN_NAME=x", line, NULL }), PROBLEM_BAD_VALUE, "LIANGXIN_KEY_FILE"));
        unlink(path);
    }
}

static void
test_printing_masks_secrets_and_shows_the_rest(void **state)
{
    const char *path = secret_file("deadbeef", 8);
    struct strbuf out;

    (void)state;
    assert_null(load((const char *[]){ "LIANGXIN_NAME=党", arena_printf(arena, "LIANGXIN_KEY_FILE=%s", path),
                                       "LIANGXIN_LOUD=on", NULL }));
    strbuf_init(&out, 4096);
    settings_print(&out, &part, 1);
    assert_string_equal(out.data, "LIANGXIN_NAME=党\nLIANGXIN_WORD=\nLIANGXIN_KEY_FILE=***\nLIANGXIN_COUNT=4\n"
                                  "LIANGXIN_WAIT_MS=250\nLIANGXIN_LOUD=on\n");
    strbuf_done(&out);
    unlink(path);
}

static void
test_help_tells_kind_range_and_default_of_every_setting(void **state)
{
    struct strbuf out;

    (void)state;
    strbuf_init(&out, 4096);
    settings_help(&out, &part, 1);
    assert_non_null(strstr(out.data, "LIANGXIN_NAME (text, required)\n    A required text.\n"));
    assert_non_null(strstr(out.data, "LIANGXIN_COUNT (integer, 1 to 64, default 4)\n"));
    assert_non_null(strstr(out.data, "LIANGXIN_KEY_FILE (secret file)\n"));
    strbuf_done(&out);
}

static void
test_lookup_compares_whole_names(void **state)
{
    const char *const environment[] = { "LIANGXIN_COUNTS=1", "LIANGXIN_COUNT=2", NULL };

    (void)state;
    assert_string_equal(settings_lookup((char **)(uintptr_t)environment, "LIANGXIN_COUNT"), "2");
    assert_null(settings_lookup((char **)(uintptr_t)environment, "LIANGXIN_COUN"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_not_said_takes_its_default),
        cmocka_unit_test(test_all_faults_come_back_at_once),
        cmocka_unit_test(test_a_name_that_no_process_knows_is_an_error_and_others_names_are_not),
        cmocka_unit_test(test_ranges_include_their_ends),
        cmocka_unit_test(test_a_secret_is_the_trimmed_content_of_its_file),
        cmocka_unit_test(test_an_empty_or_huge_secret_file_is_refused),
        cmocka_unit_test(test_printing_masks_secrets_and_shows_the_rest),
        cmocka_unit_test(test_help_tells_kind_range_and_default_of_every_setting),
        cmocka_unit_test(test_lookup_compares_whole_names),
    };
    int failed;

    arena = arena_new(1 << 20);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
