/* SPDX-License-Identifier: Apache-2.0 */
/* The console's files as a table. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/pages/pages.h"

static struct arena *arena;
static char folder[] = "/tmp/liangxin-pages-XXXXXX";

static void
put(const char *name, const char *text)
{
    char path[256];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void
take_away(const char *name)
{
    char path[256];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(unlink(path), 0);
}

static int
set_up(void **state)
{
    char path[256];

    (void)state;
    arena = arena_new((size_t)16 * 1024 * 1024);
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/assets", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    put("index.html", "<!doctype html>");
    put("assets/index-3fa9.js", "let a = 1");
    put("assets/index-3fa9.js.gz", "packed");
    return 0;
}

static int
tear_down(void **state)
{
    char path[256];

    (void)state;
    take_away("index.html");
    take_away("assets/index-3fa9.js");
    take_away("assets/index-3fa9.js.gz");
    snprintf(path, sizeof path, "%s/assets", folder);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(rmdir(folder), 0);
    arena_free(arena);
    return 0;
}

/* "" is no page. */
static const struct {
    const char *path;
    const char *page;
} finds[] = {
    { "/", "/index.html" },
    { "/index.html", "/index.html" },
    { "/transfers/0190-a", "/index.html" },
    { "/verify/K7QX-M2PA", "/index.html" },
    { "/assets/index-3fa9.js", "/assets/index-3fa9.js" },
    { "/assets/index-3fa9.js.gz", "" },
    { "/assets/index-0000.js", "" },
    { "/api/v1/nothing", "" },
    { "/../etc/passwd", "" },
    { "/%2e%2e/etc/passwd", "" },
};

static void
test_a_path_finds_its_file_or_the_console(void **state)
{
    struct pages *pages;

    (void)state;
    assert_true(pages_open(arena, folder, &pages) == OK);
    for (size_t i = 0; i < sizeof finds / sizeof *finds; i++) {
        const struct page *page = pages_find(pages, slice_of(finds[i].path));

        assert_string_equal(page ? page->path : "", finds[i].page);
    }
}

static void
test_what_is_known_of_a_file(void **state)
{
    const struct page *script;
    const struct page *index;
    struct pages *pages;

    (void)state;
    assert_true(pages_open(arena, folder, &pages) == OK);
    script = pages_find(pages, slice_of("/assets/index-3fa9.js"));
    index = pages_find(pages, slice_of("/"));
    assert_string_equal(script->content_type, "text/javascript; charset=utf-8");
    assert_true(slice_is(script->plain, "let a = 1"));
    assert_true(slice_is(script->gzip, "packed"));
    assert_true(script->immutable);
    assert_int_equal(index->gzip.size, 0);
    assert_false(index->immutable);
    assert_string_not_equal(script->mark, index->mark);
}

static void
test_without_a_folder_there_are_no_pages(void **state)
{
    struct pages *pages;

    (void)state;
    assert_true(pages_open(arena, "", &pages) == OK);
    assert_null(pages_find(pages, slice_of("/")));
}

static void
test_a_folder_that_is_no_console_is_refused(void **state)
{
    struct pages *pages;

    (void)state;
    assert_true(status_is(pages_open(arena, "/nowhere", &pages), PROBLEM_BAD_VALUE));
    put("notes.doc", "");
    assert_true(status_is(pages_open(arena, folder, &pages), PROBLEM_BAD_VALUE));
    take_away("notes.doc");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_path_finds_its_file_or_the_console),
        cmocka_unit_test(test_what_is_known_of_a_file),
        cmocka_unit_test(test_without_a_folder_there_are_no_pages),
        cmocka_unit_test(test_a_folder_that_is_no_console_is_refused),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
