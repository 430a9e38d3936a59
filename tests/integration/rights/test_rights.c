/* SPDX-License-Identifier: Apache-2.0 */
/* What the runtime role may do: what table_right says of every table, and no more than the statements do. Built for
 * each service that keeps a copy of the directory; SERVICE is its name. */
#include "daemon/daemon.h"
#include "daemon/housekeeping.h"
#include "events/statements.h"
#include "support/cmocka_all.h"
#include "support/rights.h"

static int
open_pg(void **state)
{
    *state = test_pg_open();
    return 0;
}

static int
close_pg(void **state)
{
    test_pg_close(*state);
    return 0;
}

static void
every_table_has_the_rights_that_are_said_of_it(void **state)
{
    test_rights_are_said(*state, SERVICE);
}

static void
nothing_is_granted_that_no_statement_does(void **state)
{
    const struct db_statement *const *lists[] = { service_statements, runtime_statements, housekeeping_statements,
                                                  directory_statements, NULL };

    test_rights_are_used(*state, SERVICE, lists);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_has_the_rights_that_are_said_of_it),
        cmocka_unit_test(nothing_is_granted_that_no_statement_does),
    };

    return cmocka_run_group_tests(tests, open_pg, close_pg);
}
