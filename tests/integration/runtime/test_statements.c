/* SPDX-License-Identifier: Apache-2.0 */
/* Every statement of the runtime parses in every service's schema, with the rights of its runtime role. */
#include "support/cmocka_all.h"

#include "events/statements.h"
#include "io/clock.h"
#include "scene.h"

static const char *const services[] = { "organizations", "transfers", "dues", "training", "notifications" };

static struct arena *arena;
static struct test_pg *pg;

static struct db *
connected(const char *service)
{
    struct db *db = db_new(test_pg_dsn(pg, service), "test");

    db_deadline(db, clock_ms() + SCENE_MS);
    assert_null(db_ready(arena, db));
    return db;
}

static void
check_list(const char *service, const struct db_statement *const *list)
{
    struct db *db = connected(service);

    for (; *list; list++) {
        status_t st = db_check(db, arena, *list);

        if (st)
            fail_msg("%s in %s: %s", (*list)->name, service, st->cause ? st->cause->detail : st->problem->slug);
    }
    db_free(db);
}

static void
test_every_service_can_prepare_the_runtimes_statements(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof services / sizeof *services; i++)
        check_list(services[i], runtime_statements);
}

static void
test_every_service_but_organizations_can_prepare_the_directorys(void **state)
{
    (void)state;
    for (size_t i = 1; i < sizeof services / sizeof *services; i++)
        check_list(services[i], directory_statements);
}

static void
test_names_are_unique(void **state)
{
    (void)state;
    for (size_t i = 0; runtime_statements[i]; i++) {
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(runtime_statements[i]->name, runtime_statements[k]->name);
        for (size_t k = 0; directory_statements[k]; k++)
            assert_string_not_equal(runtime_statements[i]->name, directory_statements[k]->name);
    }
}

static void
test_a_statement_that_does_not_fit_the_schema_is_told(void **state)
{
    static const struct db_statement wrong = { "t_wrong", "SELECT no_such_column FROM outbox" };
    struct db *db = connected("transfers");

    (void)state;
    assert_non_null(db_check(db, arena, &wrong));
    assert_null(db_check(db, arena, runtime_statements[0])); /* and the connection goes on */
    db_free(db);
}

static void
test_no_service_reads_the_schema_of_another(void **state)
{
    static const struct db_statement peek = { "t_peek", "SELECT 1 FROM organizations.outbox" };
    struct db *db = connected("transfers");
    struct db_rows *rows;

    (void)state;
    assert_true(status_is(db_query(db, arena, &peek, NULL, &rows), PROBLEM_INTERNAL));
    db_free(db);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_service_can_prepare_the_runtimes_statements),
        cmocka_unit_test(test_every_service_but_organizations_can_prepare_the_directorys),
        cmocka_unit_test(test_names_are_unique),
        cmocka_unit_test(test_a_statement_that_does_not_fit_the_schema_is_told),
        cmocka_unit_test(test_no_service_reads_the_schema_of_another),
    };
    int failed;

    arena = arena_new(8 << 20);
    pg = test_pg_open();
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    test_pg_close(pg);
    arena_free(arena);
    return failed;
}
