/* SPDX-License-Identifier: Apache-2.0 */
/* Parks and buildings at the size that a city reports them with: 13,000 units, 480 organizations of parks, 3,200 of
 * buildings, made by tests/city. Totals are what the generator's rule says. */
#include <liangxin/organizations/v1/organizations.facts.h>
#include <stdio.h>

#include "desk.h"

#define CITY                                                                                                           \
    "-v districts=2 -v streets=10 -v organizations=6000 -v units=13000 -v members=12000 -v letters=100 -v parks=480"   \
    " -v buildings=3200"

static int
open_city(void **state)
{
    const char *root = getenv("LIANGXIN_TEST_ROOT");
    struct desk *desk = desk_open();
    char command[1024];

    *state = desk;
    assert_non_null(root);
    snprintf(command, sizeof command, "psql -X -q -f '%s/tests/city/city.sql' " CITY " \"%s\" >&2", root,
             test_pg_dsn(desk->pg, "postgres"));
    assert_int_equal(system(command), 0);
    desk_act_at(desk, "CITY0000000000");
    return 0;
}

static void
units_and_organizations_of_parks_and_buildings_are_counted(void **state)
{
    Summary *city = desk_summary(*state, "CITY0000000000");

    assert_int_equal(city->nodes, 6000);
    assert_int_equal(city->organizations, 5999);
    assert_int_equal(city->joint, 3200);
    assert_int_equal(city->single, 6000 - 1 - 2 - 11 * 10 - 480 - 3200);
    assert_int_equal(city->units, 13000);
    assert_int_equal(city->units_covered, 13000 / 5 * 3);
    assert_int_equal(city->units_uncovered, 13000 / 5 * 2);
    assert_int_equal(city->units_operating, 13000 - 13000 / 20);
    assert_int_equal(city->members, 12000);
    assert_int_equal(city->floating_members, 1000);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_and_organizations_of_parks_and_buildings_are_counted),
    };

    return cmocka_run_group_tests(tests, open_city, desk_close_town);
}
