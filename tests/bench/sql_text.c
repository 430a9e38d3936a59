/* SPDX-License-Identifier: Apache-2.0 */
/* Statements as text, and pgbench. */
#include "sql_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "bench.h"

#define SQL_SIZE 16384

static void
read_statement(const char *service, const char *name, char ret_sql[SQL_SIZE])
{
    const char *bin = getenv("LIANGXIN_TEST_BIN");
    char command[512];
    char line[SQL_SIZE];
    char head[128];
    FILE *output;
    bool here = false;

    CHECK(bin != NULL);
    snprintf(command, sizeof command, "'%s/liangxin-%s' --print-sql", bin, service);
    snprintf(head, sizeof head, "-- %s\n", name);
    output = popen(command, "r");
    CHECK(output != NULL);
    ret_sql[0] = '\0';
    while (fgets(line, sizeof line, output)) {
        if (strncmp(line, "-- ", 3) == 0)
            here = strcmp(line, head) == 0;
        else if (here)
            strncat(ret_sql, line, SQL_SIZE - strlen(ret_sql) - 1);
    }
    pclose(output);
    if (!ret_sql[0]) {
        fprintf(stderr, "liangxin-%s has no statement %s\n", service, name);
        exit(1);
    }
}

static void
write_argument(FILE *script, const char *const *arguments, long number)
{
    for (long i = 1; i < number; i++)
        CHECK(arguments[i - 1] != NULL);
    CHECK(arguments[number - 1] != NULL);
    fprintf(script, "(%s)", arguments[number - 1]);
}

void
sql_text_write(FILE *script, const char *service, const char *name, const char *const *arguments)
{
    char sql[SQL_SIZE];

    read_statement(service, name, sql);
    for (char *at = sql; *at;) {
        if (*at == '$' && at[1] >= '1' && at[1] <= '9')
            write_argument(script, arguments, strtol(at + 1, &at, 10));
        else
            fputc(*at++, script);
    }
}

double
sql_text_pgbench(const char *script_path, const char *dsn, const char *options)
{
    char command[2048];
    char line[512];
    double rate = 0;
    FILE *output;

    snprintf(command, sizeof command, "/usr/lib/postgresql/15/bin/pgbench -n -M prepared -T %d -f '%s' %s \"%s\" 2>&1",
             (int)bench_seconds(), script_path, options, dsn);
    output = popen(command, "r");
    CHECK(output != NULL);
    while (fgets(line, sizeof line, output)) {
        if (strncmp(line, "tps = ", 6) == 0)
            rate = strtod(line + 6, NULL);
        if (strstr(line, "ERROR") || strstr(line, "aborted"))
            fputs(line, stderr);
    }
    pclose(output);
    CHECK(rate > 0);
    return rate;
}
