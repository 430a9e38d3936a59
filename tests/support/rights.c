/* SPDX-License-Identifier: Apache-2.0 */
/* Grants of a runtime role, read from the catalogue. The test's thread. */
#include "support/rights.h"

#include <ctype.h>
#include <stdio.h>

#include "support/cmocka_all.h"

#define QUERY_SIZE 2048

/* One line for each table and verb that are granted: "member update". %1$s: the service. */
#define GRANTED                                                                                                        \
    "select string_agg(c.relname || ' ' || v.verb, ',' order by 1)"                                                    \
    "  from pg_class c cross join unnest(array['insert', 'update', 'delete']) v (verb)"                                \
    " where c.relnamespace = '%1$s'::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition"           \
    "   and has_table_privilege('%1$s', c.oid, v.verb)"

#define DIFFERS                                                                                                        \
    "select string_agg(c.relname, ' ')"                                                                                \
    "  from pg_class c left join table_right r on r.name = c.relname"                                                  \
    " cross join lateral (select coalesce(string_agg(v.verb, ', ' order by v.n), '') as rights"                        \
    "                       from unnest(array['select', 'insert', 'update', 'delete']) with ordinality v (verb, n)"    \
    "                      where has_table_privilege('%1$s', c.oid, v.verb)) g"                                        \
    " where c.relnamespace = '%1$s'::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition"           \
    "   and r.rights is distinct from g.rights"

void
test_rights_are_said(struct test_pg *pg, const char *service)
{
    char query[QUERY_SIZE];
    char *wrong;

    snprintf(query, sizeof query, DIFFERS, service);
    wrong = test_pg_text(pg, service, query);
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
is_used(const struct db_statement *const *const *lists, const char *table, const char *verb)
{
    for (; *lists; lists++)
        for (const struct db_statement *const *statement = *lists; *statement; statement++)
            if (does(*statement, table, verb))
                return true;
    return false;
}

static bool
is_written(const struct db_statement *const *const *lists, const char *table)
{
    return is_used(lists, table, "insert") || is_used(lists, table, "update") || is_used(lists, table, "delete");
}

void
test_rights_are_used(struct test_pg *pg, const char *service, const struct db_statement *const *const *lists)
{
    char query[QUERY_SIZE];
    char *save = NULL;
    char *granted;

    snprintf(query, sizeof query, GRANTED, service);
    granted = test_pg_text(pg, service, query);
    for (char *pair = strtok_r(granted, ",", &save); pair; pair = strtok_r(NULL, ",", &save)) {
        char *verb = strchr(pair, ' ');

        *verb++ = '\0';
        if (is_written(lists, pair) && !is_used(lists, pair, verb))
            fail_msg("%s on %s is granted, and no statement does it", verb, pair);
    }
    free(granted);
}
