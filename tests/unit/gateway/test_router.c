/* SPDX-License-Identifier: Apache-2.0 */
/* Which method a verb and a path lead to. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "gateway_sample.h"

static struct arena *arena;
static struct router *router;

static status_t
find(const char *verb, const char *path, struct router_match *ret_match)
{
    *ret_match = (struct router_match){ 0 };
    return router_find(router, slice_of(verb), slice_of(path), ret_match);
}

static void
test_a_path_binds_its_parameters(void **state)
{
    struct router_match match;

    (void)state;
    assert_null(find("GET", "/api/v1/things/a%20b", &match));
    assert_ptr_equal(match.entry->route->method, &sample_get);
    assert_int_equal(match.entry->n_parameters, 1);
    assert_string_equal(match.entry->parameter[0]->name, "id");
    assert_true(slice_is(match.value[0], "a%20b"));
    assert_string_equal(match.entry->version->name, "version");
}

static void
test_literals_win(void **state)
{
    struct router_match match;

    (void)state;
    assert_null(find("GET", "/api/v1/things/latest", &match));
    assert_ptr_equal(match.entry->route->method, &sample_list);
    assert_null(match.entry->version);
    /* ... but not where only the parameter goes on */
    assert_null(find("POST", "/api/v1/things/latest/put", &match));
    assert_ptr_equal(match.entry->route->method, &sample_put);
    assert_true(slice_is(match.value[0], "latest"));
}

static void
test_verbs_choose(void **state)
{
    struct router_match match;

    (void)state;
    assert_null(find("POST", "/api/v1/things", &match));
    assert_ptr_equal(match.entry->route->method, &sample_add);
    assert_true(status_is(find("DELETE", "/api/v1/things", &match), PROBLEM_METHOD_NOT_ALLOWED));
    assert_string_equal(match.allow, "POST, GET");
}

static void
test_no_route(void **state)
{
    static const char *const paths[] = { "/",
                                         "/api/v1",
                                         "/api/v1/things/",
                                         "/api/v1//things",
                                         "/api/v1/things/a/b",
                                         "",
                                         "//",
                                         "/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a" };
    struct router_match match;

    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        assert_true(status_is(find("GET", paths[i], &match), PROBLEM_NO_ROUTE));
}

static void
test_raw_bodies_are_known(void **state)
{
    struct router_match match;

    (void)state;
    assert_null(find("POST", "/api/v1/things/1/content", &match));
    assert_string_equal(match.entry->raw_body->name, "content");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_path_binds_its_parameters),
        cmocka_unit_test(test_literals_win),
        cmocka_unit_test(test_verbs_choose),
        cmocka_unit_test(test_no_route),
        cmocka_unit_test(test_raw_bodies_are_known),
    };
    int failed;

    arena = arena_new(1 << 20);
    router = router_new(arena, sample_routes, sample_routes_count);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
