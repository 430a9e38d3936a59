/* SPDX-License-Identifier: Apache-2.0 */
/* Path templates: how they are taken apart and in which order they are tried. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "url.h"

static void
literals_are_tried_before_parameters(void **state)
{
    (void)state;
    assert_true(url_compare("/letters/overdue", "/letters/{id}") < 0);
    assert_true(url_compare("/letters/{id}", "/letters/overdue") > 0);
    assert_true(url_compare("/{a}/x", "/b/{c}") > 0);
    assert_true(url_compare("/letters/{id}/a", "/letters/{id}/b") < 0);
}

static void
names_of_parameters_do_not_tell_paths_apart(void **state)
{
    (void)state;
    assert_int_equal(url_compare("/letters/{id}", "/letters/{number}"), 0);
    assert_int_not_equal(url_compare("/letters/{id}", "/letters/{id}/scan"), 0);
}

static void
parameters_are_whole_segments(void **state)
{
    (void)state;
    assert_true(url_is_template("/api/v1/letters/{id}/scan"));
    assert_false(url_is_template("api"));
    assert_false(url_is_template("/letters//scan"));
    assert_false(url_is_template("/letters/x{id}"));
    assert_false(url_is_template("/letters/{}"));
    assert_true(url_has_parameter("/letters/{id}", "id"));
    assert_false(url_has_parameter("/letters/id", "id"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(literals_are_tried_before_parameters),
        cmocka_unit_test(names_of_parameters_do_not_tell_paths_apart),
        cmocka_unit_test(parameters_are_whole_segments),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
