/* SPDX-License-Identifier: Apache-2.0 */
/* Every statement of the service is understood by the migrated schema: a compiler for SQL. */
#include "daemon/daemon.h"
#include "events/statements.h"
#include "io/clock.h"
#include "support/cmocka_all.h"
#include "support/pg.h"

#define TIME_MS 30000

static void
check_all(struct db *db, struct arena *arena, const struct db_statement *const *statements)
{
    for (; *statements; statements++) {
        status_t st = db_check(db, arena, *statements);

        if (st)
            fail_msg("%s: %s", (*statements)->name, st->cause ? st->cause->detail : st->problem->slug);
    }
}

static void
every_statement_prepares(void **state)
{
    struct test_pg *pg = test_pg_open();
    struct arena *arena = arena_new((size_t)1024 * 1024);
    struct db *db = db_new(test_pg_dsn(pg, "organizations"), "statements");

    (void)state;
    db_deadline(db, clock_ms() + TIME_MS);
    assert_null(db_ready(arena, db));
    check_all(db, arena, service_statements);
    check_all(db, arena, runtime_statements);
    db_free(db);
    arena_free(arena);
    test_pg_close(pg);
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_statement_prepares) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
