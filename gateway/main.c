/* SPDX-License-Identifier: Apache-2.0 */
/* liangxin-gateway: the one door to the system. A recipe; everything runs on the loop of this thread but health and
 * metrics (io/admin.h), authentication of peers (io/bus.h) and name look-ups (libuv's pool). */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <liangxin/notifications/v1/notifications.facts.h>
#include <liangxin/organizations/v1/organizations.facts.h>

#include "base/check.h"
#include "gateway/configuration.h"
#include "gateway/http/head_parse.h"
#include "gateway/meters.h"
#include "gateway/connections/server.h"
#include "gateway/transcode/transcode_in.h"
#include "io/admin.h"
#include "io/bus.h"
#include "io/clock.h"
#include "io/drain.h"
#include "io/known_settings.h"
#include "io/log.h"
#include "io/seal.h"
#include "base/banned.h"

#define NAME        "gateway"
#define ARENA_LIMIT ((size_t)64 * 1024 * 1024)
#define PAGE_LIMIT  ((size_t)1024 * 1024)

static int
print_page(void (*write_page)(struct strbuf *out, struct configuration *configuration),
           struct configuration *configuration)
{
    struct strbuf page;

    strbuf_init(&page, PAGE_LIMIT);
    write_page(&page, configuration);
    fputs(page.data ? page.data : "", stdout);
    strbuf_done(&page);
    return 0;
}

static void
help_config(struct strbuf *out, struct configuration *configuration)
{
    (void)configuration;
    configuration_help(out);
}

static void
help_metrics(struct strbuf *out, struct configuration *configuration)
{
    (void)configuration;
    metrics_help(out);
}

static void
check_config(struct strbuf *out, struct configuration *configuration)
{
    (void)configuration;
    strbuf_text(out, "the configuration is good\n");
}

static const struct {
    const char *flag;
    bool needs_configuration;
    void (*write_page)(struct strbuf *out, struct configuration *configuration);
} pages[] = {
    { "--help-config", false, help_config },
    { "--help-metrics", false, help_metrics },
    { "--print-config", true, configuration_print },
    { "--check-config", true, check_config },
};

static void
complain(status_t st)
{
    for (; st; st = st->next)
        fprintf(stderr, "liangxin-gateway: %s: %s\n", st->problem->slug, st->detail ? st->detail : st->problem->en);
}

static bool
is_ready(void *context, struct strbuf *why)
{
    struct server *server = context;

    if (atomic_load(&server->draining))
        strbuf_text(why, "draining");
    else if (!upstream_has_needed(server->journeys.upstream))
        strbuf_text(why, "no connection to organizations");
    return why->size == 0;
}

static void
add_upstreams(struct upstream *upstream, const struct configuration *configuration)
{
    const struct {
        const char *service;
        const char *hosts;
    } rows[] = {
        { "organizations", configuration->peer_organizations },
        { "transfers", configuration->peer_transfers },
        { "dues", configuration->peer_dues },
        { "training", configuration->peer_training },
        { "notifications", configuration->peer_notifications },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].hosts[0])
            upstream_add(upstream, rows[i].service, rows[i].hosts);
    upstream_need(upstream, "organizations"); /* it knows who asks */
}

/* Serves until asked to stop and nothing is left to do. */
static status_t
serve(struct arena *arena, const struct configuration *configuration, struct bus *bus, int drain_fd)
{
    struct admin_health health = { .ready = is_ready };
    struct admin *admin = NULL;
    struct pages *console = NULL;
    struct server server = { .configuration = configuration };
    struct journey_context *journeys = &server.journeys;
    uv_loop_t loop;
    status_t st;

    CHECK(uv_loop_init(&loop) == 0);
    server.loop = &loop;
    health.context = &server;
    journeys->router = router_new(arena, routes, routes_count);
    journeys->upstream = upstream_new(&loop, bus, (size_t)configuration->calls_limit);
    journeys->sessions =
        sessions_new(journeys->upstream, &organizations_exchange, (size_t)configuration->sessions_limit);
    journeys->streams =
        streams_new(&loop, journeys->upstream, journeys->sessions, &notifications_read_stream, configuration);
    journeys->answer_limit = (size_t)configuration->answer_limit;
    limits_init(&journeys->limits, arena, configuration);
    journeys->log_in = &organizations_log_in;
    journeys->log_out = &organizations_log_out;
    journeys->secure_cookie = configuration->cookie_secure != 0;
    add_upstreams(journeys->upstream, configuration);
    st = pages_open(arena, configuration->console, &console);
    journeys->pages = console;
    if (!st)
        st = admin_open(arena, configuration->admin_bind, &health, &admin);
    if (!st)
        st = server_open(arena, &server, drain_fd);
    if (!st) {
        upstream_start(journeys->upstream);
        streams_start(journeys->streams, bus, "notifications", configuration->bell_notifications);
        atomic_store(&health.started, true);
        LOG(LOG_INFO, "started", log_text("http", configuration->http_bind));
        uv_run(&loop, UV_RUN_DEFAULT);
    }
    admin_close(admin);
    streams_free(journeys->streams);
    sessions_free(journeys->sessions);
    upstream_free(journeys->upstream);
    journey_pool_free(journeys);
    uv_loop_close(&loop);
    return st;
}

static status_t
run(struct arena *arena, const struct configuration *configuration)
{
    struct bus *bus = NULL;
    enum log_level level = LOG_INFO;
    int drain_fd = drain_open();
    status_t st;

    if (!log_level_parse(configuration->log_level, &level))
        return status_detail(arena, PROBLEM_BAD_VALUE, "LIANGXIN_LOG_LEVEL: debug, info, warn or error");
    log_open(NAME, level);
    clock_shift(configuration->clock_shift);
    seal_init();
    head_self_test();
    transcode_init();
    st = bus_open(arena, NAME, configuration->curve_secret, configuration->curve_peers, &bus);
    if (!st)
        st = bus_self_test(arena, bus);
    if (!st)
        st = serve(arena, configuration, bus, drain_fd);
    bus_close(bus);
    close(drain_fd);
    return st;
}

static int
usage(void)
{
    fputs("usage: liangxin-gateway", stderr);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        fprintf(stderr, " [%s]", pages[i].flag);
    fputc('\n', stderr);
    return 2;
}

static int
show(struct arena *arena, const char *flag)
{
    struct configuration configuration = { 0 };
    size_t i = 0;
    status_t st = OK;

    while (i < sizeof pages / sizeof *pages && strcmp(pages[i].flag, flag) != 0)
        i++;
    if (i == sizeof pages / sizeof *pages)
        return usage();
    if (pages[i].needs_configuration)
        st = configuration_load(arena, environ, known_settings, &configuration);
    complain(st);
    return st ? 1 : print_page(pages[i].write_page, &configuration);
}

int
main(int argc, char **argv)
{
    struct arena *arena = arena_new(ARENA_LIMIT);
    struct configuration configuration = { 0 };
    status_t st;
    int code;

    log_metrics();
    meters_register();
    if (argc > 1) {
        code = argc == 2 ? show(arena, argv[1]) : usage();
    } else {
        st = configuration_load(arena, environ, known_settings, &configuration);
        if (!st)
            st = run(arena, &configuration);
        complain(st);
        code = st ? 1 : 0;
    }
    arena_free(arena);
    return code;
}
