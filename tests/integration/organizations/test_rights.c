/* SPDX-License-Identifier: Apache-2.0 */
/* What the runtime role may do: what table_right says of every table, and no more than the statements do. */
#include <ctype.h>

#include "daemon/daemon.h"
#include "daemon/housekeeping.h"
#include "events/statements.h"
#include "support/cmocka_all.h"
#include "support/pg.h"

/* One line for each table and verb that are granted: "member update". */
#define GRANTED                                                                                                        \
    "select string_agg(c.relname || ' ' || v.verb, ',' order by 1)"                                                    \
    "  from pg_class c cross join unnest(array['insert', 'update', 'delete']) v (verb)"                                \
    " where c.relnamespace = 'organizations'::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition"  \
    "   and has_table_privilege('organizations', c.oid, v.verb)"

#define DIFFERS                                                                                                        \
    "select string_agg(c.relname, ' ')"                                                                                \
    "  from pg_class c left join table_right r on r.name = c.relname"                                                  \
    " cross join lateral (select coalesce(string_agg(v.verb, ', ' order by v.n), '') as rights"                        \
    "                       from unnest(array['select', 'insert', 'update', 'delete']) with ordinality v (verb, n)"    \
    "                      where has_table_privilege('organizations', c.oid, v.verb)) g"                               \
    " where c.relnamespace = 'organizations'::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition"  \
    "   and r.rights is distinct from g.rights"

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
    char *wrong = test_pg_text(*state, "organizations", DIFFERS);

    if (wrong && wrong[0])
        fail_msg("table_right says otherwise, or nothing, of: %s", wrong);
    free(wrong);
}

/* Whether the text has `words` and then the table's whole name. */
static bool
names(const char *sql, const char *words, const char *table)
{
    size_t lead = strlen(words);
    size_t size = strlen(table);

    for (const char *at = strstr(sql, words); at; at = strstr(at + 1, words))
        if (strncmp(at + lead, table, size) == 0 && !isalnum((unsigned char)at[lead + size]) && at[lead + size] != '_')
            return true;
    return false;
}

static bool
does(const struct db_statement *statement, const char *table, const char *verb)
{
    const char *sql = statement->sql;

    if (strcmp(verb, "insert") == 0)
        return names(sql, "INSERT INTO ", table);
    if (strcmp(verb, "delete") == 0)
        return names(sql, "DELETE FROM ", table);
    return names(sql, "UPDATE ", table) || (names(sql, "INSERT INTO ", table) && strstr(sql, "DO UPDATE"));
}

static bool
is_done(const struct db_statement *const *statements, const char *table, const char *verb)
{
    for (; *statements; statements++)
        if (does(*statements, table, verb))
            return true;
    return false;
}

static bool
is_used(const char *table, const char *verb)
{
    return is_done(service_statements, table, verb) || is_done(runtime_statements, table, verb) ||
           is_done(housekeeping_statements, table, verb);
}

/* A table that nothing writes to yet may have its rights before its methods. */
static bool
is_written(const char *table)
{
    return is_used(table, "insert") || is_used(table, "update") || is_used(table, "delete");
}

static void
nothing_is_granted_that_no_statement_does(void **state)
{
    char *granted = test_pg_text(*state, "organizations", GRANTED);
    char *save = NULL;

    for (char *pair = strtok_r(granted, ",", &save); pair; pair = strtok_r(NULL, ",", &save)) {
        char *verb = strchr(pair, ' ');

        *verb++ = '\0';
        if (is_written(pair) && !is_used(pair, verb))
            fail_msg("%s on %s is granted, and no statement does it", verb, pair);
    }
    free(granted);
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
