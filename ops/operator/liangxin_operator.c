/* SPDX-License-Identifier: Apache-2.0 */
/* What an operator does with parked events (feed/v1/feed.proto): list, retry, skip; with feeds that have begun a new
 * life: epochs, confirm; and ping, which goes through a
 * service's queue and workers. ops/feeds calls it for every service. One call a run; main thread. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include <liangxin/feed/v1/feed.facts.h>
#include <liangxin/feed/v1/feed.pb-c.h>
#include <liangxin/rpc/v1/rpc.pb-c.h>

#include "base/id.h"
#include "base/text.h"
#include "io/log.h"
#include "io/seal.h"
#include "rpc/client.h"
#include "rpc/ping.h"
#include "base/banned.h"

#define ARENA_LIMIT ((size_t)16 * 1024 * 1024)
#define FILE_LIMIT  8192
#define PAGE        1000

static const char usage_text[] = "usage: liangxin-operator KEYS SERVICE HOST:PORT ping\n"
                                 "       liangxin-operator KEYS SERVICE HOST:PORT list\n"
                                 "       liangxin-operator KEYS SERVICE HOST:PORT retry SOURCE AGGREGATE_ID\n"
                                 "       liangxin-operator KEYS SERVICE HOST:PORT skip SOURCE AGGREGATE_ID\n"
                                 "       liangxin-operator KEYS SERVICE HOST:PORT epochs\n"
                                 "       liangxin-operator KEYS SERVICE HOST:PORT confirm SOURCE EPOCH POSITION\n"
                                 "KEYS is the folder with operator.curve.secret and peers.\n";

struct session {
    struct arena *arena;
    struct rpc_client *client;
    struct rpc_options options;
    char **words; /* behind the verb */
};

static status_t
read_file(struct arena *arena, const char *folder, const char *name, const char **ret_text)
{
    char content[FILE_LIMIT];
    FILE *file = fopen(arena_printf(arena, "%s/%s", folder, name), "re");
    size_t n;

    if (!file)
        return status_detail(arena, PROBLEM_NOT_FOUND, "no file %s in %s", name, folder);
    n = fread(content, 1, sizeof content, file);
    fclose(file);
    *ret_text = arena_text_slice(arena, text_trim(slice_make(content, n)));
    return OK;
}

static status_t
ping(struct session *session)
{
    Liangxin__Rpc__V1__PingRequest request = LIANGXIN__RPC__V1__PING_REQUEST__INIT;
    ProtobufCMessage *reply;
    status_t st = rpc_call(session->client, session->arena, &rpc_ping, &request.base, &session->options, &reply);

    if (!st)
        printf("%s answers\n", session->options.service);
    return st;
}

static const char *
id_text(struct arena *arena, ProtobufCBinaryData bytes)
{
    char text[ID_SIZE] = "";
    struct id id;

    if (id_from_bytes(bytes.data, bytes.len, &id))
        id_format(&id, text);
    return arena_text(arena, text);
}

static void
print_parked(const struct session *session, const Liangxin__Feed__V1__ParkedEvent *parked)
{
    printf("%s\t%s\t%s\t%s\tversion %" PRId64 "\t%s\tposition %" PRId64 "\t%s\n", session->options.service,
           parked->source, parked->event->aggregate, id_text(session->arena, parked->event->aggregate_id),
           parked->event->version, parked->event->type, parked->event->pos, parked->problem);
}

static status_t
list(struct session *session)
{
    Liangxin__Feed__V1__ListParkedRequest request = LIANGXIN__FEED__V1__LIST_PARKED_REQUEST__INIT;
    const Liangxin__Feed__V1__ListParkedReply *page;
    ProtobufCMessage *reply;
    status_t st;

    request.limit = PAGE;
    st = rpc_call(session->client, session->arena, &feed_list_parked, &request.base, &session->options, &reply);
    if (st)
        return st;
    page = (const Liangxin__Feed__V1__ListParkedReply *)reply;
    for (size_t i = 0; i < page->n_parked; i++)
        print_parked(session, page->parked[i]);
    return OK;
}

static status_t
mend(struct session *session, const struct rpc_method *method)
{
    Liangxin__Feed__V1__ParkedAggregate request = LIANGXIN__FEED__V1__PARKED_AGGREGATE__INIT;
    const Liangxin__Feed__V1__ParkedResult *result;
    ProtobufCMessage *reply;
    struct id id;
    status_t st;

    if (!id_parse(slice_of(session->words[1]), &id))
        return status_detail(session->arena, PROBLEM_BAD_FORMAT, "AGGREGATE_ID is a uuid");
    request.source = session->words[0];
    request.aggregate_id = (ProtobufCBinaryData){ .len = ID_BYTES, .data = id.bytes };
    st = rpc_call(session->client, session->arena, method, &request.base, &session->options, &reply);
    if (st)
        return st;
    result = (const Liangxin__Feed__V1__ParkedResult *)reply;
    printf("%u done, %u still parked\n", result->applied, result->left);
    return OK;
}

static status_t
retry(struct session *session)
{
    return mend(session, &feed_retry_parked);
}

static status_t
skip(struct session *session)
{
    return mend(session, &feed_skip_parked);
}

static void
print_followed(const struct session *session, const Liangxin__Feed__V1__Followed *feed)
{
    const char *ours = id_text(session->arena, feed->epoch);
    const char *theirs = id_text(session->arena, feed->source_epoch);

    printf("%s\t%s\tposition %" PRId64, session->options.service, feed->source, feed->position);
    if (!feed->reached)
        printf("\tsource does not answer\n");
    else
        printf(" of %" PRId64 "\t%s %s\n", feed->source_head, strcmp(ours, theirs) ? "new epoch" : "epoch", theirs);
}

static status_t
epochs(struct session *session)
{
    Liangxin__Feed__V1__ListFollowedRequest request = LIANGXIN__FEED__V1__LIST_FOLLOWED_REQUEST__INIT;
    const Liangxin__Feed__V1__ListFollowedReply *list;
    ProtobufCMessage *reply;
    status_t st;

    st = rpc_call(session->client, session->arena, &feed_list_followed, &request.base, &session->options, &reply);
    if (st)
        return st;
    list = (const Liangxin__Feed__V1__ListFollowedReply *)reply;
    for (size_t i = 0; i < list->n_feeds; i++)
        print_followed(session, list->feeds[i]);
    return OK;
}

static status_t
confirm(struct session *session)
{
    Liangxin__Feed__V1__EpochConfirmation request = LIANGXIN__FEED__V1__EPOCH_CONFIRMATION__INIT;
    ProtobufCMessage *reply;
    struct id epoch;
    char *end;
    status_t st;

    request.after = strtoll(session->words[2], &end, 10);
    if (!id_parse(slice_of(session->words[1]), &epoch) || *end || end == session->words[2])
        return status_detail(session->arena, PROBLEM_BAD_FORMAT, "EPOCH is a uuid and POSITION a number");
    request.source = session->words[0];
    request.epoch = (ProtobufCBinaryData){ .len = ID_BYTES, .data = epoch.bytes };
    st = rpc_call(session->client, session->arena, &feed_confirm_epoch, &request.base, &session->options, &reply);
    if (!st)
        print_followed(session, (const Liangxin__Feed__V1__Followed *)reply);
    return st;
}

static const struct {
    const char *word;
    int arguments;
    status_t (*act)(struct session *session);
} verbs[] = {
    { "ping", 0, ping }, { "list", 0, list },     { "retry", 2, retry },
    { "skip", 2, skip }, { "epochs", 0, epochs }, { "confirm", 3, confirm },
};

static status_t
run(struct session *session, char **argv, status_t (*act)(struct session *))
{
    struct rpc_peer peer = { .service = argv[2], .hosts = argv[3] };
    struct bus *bus = NULL;
    const char *secret;
    const char *peers;
    status_t st = read_file(session->arena, argv[1], "operator.curve.secret", &secret);

    if (!st)
        st = read_file(session->arena, argv[1], "peers", &peers);
    if (!st)
        st = bus_open(session->arena, "operator", secret, peers, &bus);
    if (st)
        return st;
    session->client = rpc_client_new(bus, &peer, 1);
    session->options.service = argv[2];
    st = act(session);
    rpc_client_free(session->client);
    bus_close(bus);
    return st;
}

int
main(int argc, char **argv)
{
    struct session session = { .words = argv + 5 };

    seal_init();
    log_open("liangxin-operator", LOG_ERROR);
    for (size_t i = 0; argc > 4 && i < sizeof verbs / sizeof *verbs; i++) {
        status_t st;

        if (strcmp(verbs[i].word, argv[4]) != 0 || argc != 5 + verbs[i].arguments)
            continue;
        session.arena = arena_new(ARENA_LIMIT);
        st = run(&session, argv, verbs[i].act);
        if (st)
            fprintf(stderr, "%s: %s %s\n", argv[2], st->problem->slug, st->detail ? st->detail : "");
        arena_free(session.arena);
        return st ? EX_UNAVAILABLE : EX_OK;
    }
    fputs(usage_text, stderr);
    return EX_USAGE;
}
