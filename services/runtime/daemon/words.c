/* SPDX-License-Identifier: Apache-2.0 */
/* Command words of a service binary. Main thread, before anything is started. */
#include "daemon/words.h"

#include <stdio.h>
#include <sysexits.h>

#include "base/strbuf.h"
#include "daemon/audit_seal.h"
#include "daemon/housekeeping.h"
#include "events/directory.h"
#include "events/statements.h"
#include "io/clock.h"
#include "io/metrics.h"
#include "base/banned.h"

#define PAGE_LIMIT ((size_t)1024 * 1024)
#define CONNECT_MS 10000

#ifndef LIANGXIN_VERSION
#define LIANGXIN_VERSION "unknown"
#endif

static void
print(struct strbuf *page)
{
    fwrite(page->data ? page->data : "", 1, page->size, stdout);
    strbuf_done(page);
}

static void
print_help_config(const struct service *service)
{
    struct settings_part parts[PROCESS_PARTS];
    struct strbuf page;

    strbuf_init(&page, PAGE_LIMIT);
    settings_help(&page, parts, process_settings_parts(service, NULL, parts));
    print(&page);
}

static void
print_help_metrics(const struct service *service)
{
    struct strbuf page;

    (void)service;
    strbuf_init(&page, PAGE_LIMIT);
    metrics_help(&page);
    print(&page);
}

static void
print_statements(const struct db_statement *const *statements)
{
    for (; *statements; statements++)
        printf("-- %s\n%s;\n", (*statements)->name, (*statements)->sql);
}

static bool
keeps_directory(const struct service *service)
{
    for (const struct subscription *row = service->subscriptions; row && row->source; row++)
        if (row->apply == directory_apply_organization)
            return true;
    return false;
}

static void
print_sql(const struct service *service)
{
    print_statements(runtime_statements);
    print_statements(housekeeping_statements);
    if (keeps_directory(service))
        print_statements(directory_statements);
    print_statements(service_statements);
}

static void
print_version(const struct service *service)
{
    printf("liangxin-%s %s\n", service->name, LIANGXIN_VERSION);
}

bool
words_before_settings(const struct service *service, const char *word, int *ret_code)
{
    static const struct {
        const char *word;
        void (*act)(const struct service *service);
    } words[] = {
        { "--help-config", print_help_config },
        { "--help-metrics", print_help_metrics },
        { "--print-sql", print_sql },
        { "--version", print_version },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].word, word) == 0) {
            words[i].act(service);
            *ret_code = EX_OK;
            return true;
        }
    return false;
}

static int
print_config(const struct service *service, struct process_settings *settings)
{
    struct settings_part parts[PROCESS_PARTS];
    struct strbuf page;

    strbuf_init(&page, PAGE_LIMIT);
    settings_print(&page, parts, process_settings_parts(service, settings, parts));
    print(&page);
    return EX_OK;
}

static int
verify_audit(struct arena *arena, const struct process_settings *settings)
{
    bool whole;
    status_t st = audit_seal_print(arena, settings->service.dsn, &whole);

    if (st)
        fprintf(stderr, "--verify-audit: %s\n", st->detail ? st->detail : st->problem->slug);
    if (st)
        return EX_UNAVAILABLE;
    return whole ? EX_OK : EX_DATAERR;
}

int
words_after_settings(const struct service *service, const char *word, struct arena *arena,
                     struct process_settings *settings, void *state)
{
    status_t st = OK;

    if (strcmp(word, "--check-config") == 0)
        return EX_OK;
    if (strcmp(word, "--print-config") == 0)
        return print_config(service, settings);
    if (strcmp(word, "--verify-audit") == 0)
        return verify_audit(arena, settings);
    if (service->command && service->command(word, arena, settings->service.dsn, state, &st)) {
        if (st)
            fprintf(stderr, "%s: %s\n", word, st->detail ? st->detail : st->problem->slug);
        return st ? EX_SOFTWARE : EX_OK;
    }
    fprintf(stderr, "unknown word %s\n", word);
    return EX_USAGE;
}

static const struct db_statement sql_system_kind = { "system_kind", "SELECT test FROM system_kind" };

status_t
words_may_shift_clock(struct arena *arena, const char *dsn)
{
    struct db *db = db_new(dsn, "liangxin");
    struct db_rows *row;
    status_t st;

    db_deadline(db, clock_ms() + CONNECT_MS);
    st = db_ready(arena, db);
    if (!st)
        st = db_query_row(db, arena, &sql_system_kind, NULL, &row);
    if (!st && !db_bool(row, 0, "test"))
        st = status_detail(arena, PROBLEM_DENIED, "LIANGXIN_CLOCK: this database was not made as a test system");
    db_free(db);
    return st;
}
