/* SPDX-License-Identifier: Apache-2.0 */
/* The proxy's thread owns all sockets; the test's thread sets the mode and waits, under one lock. */
#include "support/proxy.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define PAIRS   64
#define ROOM    ((size_t)4 * 1024 * 1024)
#define TICK_MS 20

struct pair {
    int client; /* -1: free */
    int server;
    char *input; /* from the client, not yet passed on */
    size_t used;
    bool started; /* the start-up message has gone by */
    bool holds;   /* a message waits in `input` */
    bool freed;   /* and may go now */
    int turn;     /* which of those held came first */
    bool mutes;   /* the server's words are swallowed */
    bool marked;  /* the awaited statement has gone by since the last COMMIT */
};

struct proxy {
    int listener;
    int port;
    int wake;
    char path[108];
    pthread_t thread;
    pthread_mutex_t lock; /* guards what follows, but for the pairs */
    pthread_cond_t changed;
    enum proxy_mode mode;
    const char *statement;
    bool held;
    bool stop;
    bool cut;
    int release; /* the turn that may go; 0: none */
    int turns;   /* handed out */
    struct pair pair[PAIRS];
};

static enum proxy_mode
mode_of(struct proxy *proxy, const char **ret_statement)
{
    enum proxy_mode mode;

    pthread_mutex_lock(&proxy->lock);
    mode = proxy->mode;
    *ret_statement = proxy->statement;
    pthread_mutex_unlock(&proxy->lock);
    return mode;
}

/* The next connection that holds gets the next turn. */
static void
note_held(struct proxy *proxy, struct pair *pair)
{
    pthread_mutex_lock(&proxy->lock);
    proxy->held = true;
    pair->turn = ++proxy->turns;
    proxy->mode = PROXY_PASS; /* for the others */
    pthread_cond_broadcast(&proxy->changed);
    pthread_mutex_unlock(&proxy->lock);
}

static void
close_pair(struct pair *pair)
{
    close(pair->client);
    close(pair->server);
    free(pair->input);
    *pair = (struct pair){ .client = -1, .server = -1 };
}

static void
open_pair(struct proxy *proxy)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int client = accept4(proxy->listener, NULL, NULL, SOCK_CLOEXEC);
    int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    snprintf(address.sun_path, sizeof address.sun_path, "%s", proxy->path);
    for (int i = 0; i < PAIRS; i++) {
        struct pair *pair = &proxy->pair[i];

        if (pair->client >= 0)
            continue;
        if (client < 0 || connect(server, (struct sockaddr *)&address, sizeof address) < 0)
            break;
        *pair = (struct pair){ .client = client, .server = server, .input = malloc(ROOM) };
        return;
    }
    close(client);
    close(server);
}

static bool
send_all(int fd, const char *data, size_t size)
{
    while (size) {
        ssize_t n = send(fd, data, size, MSG_NOSIGNAL);

        if (n <= 0)
            return false;
        data += n;
        size -= (size_t)n;
    }
    return true;
}

/* Length of the first whole message in the buffer, or 0. The start-up message has no type byte. */
static size_t
message_size(const struct pair *pair)
{
    size_t head = pair->started ? 1 : 0;
    const unsigned char *at = (const unsigned char *)pair->input + head;
    size_t size;

    if (pair->used < head + 4)
        return 0;
    size = head + ((size_t)at[0] << 24 | (size_t)at[1] << 16 | (size_t)at[2] << 8 | at[3]);
    return size <= pair->used ? size : 0;
}

/* Bind of a prepared statement: 'B', length, portal "", statement name. */
static bool
binds(const struct pair *pair, size_t size, const char *statement)
{
    size_t length = strlen(statement) + 1;

    return pair->started && pair->input[0] == 'B' && size > 6 + length && pair->input[5] == '\0' &&
           memcmp(pair->input + 6, statement, length) == 0;
}

static bool
hold(struct proxy *proxy, struct pair *pair, bool meant)
{
    pair->holds = meant;
    if (meant)
        note_held(proxy, pair);
    return meant;
}

/* Looks at a message on its way to the server; false: it stays here. */
static bool
may_pass(struct proxy *proxy, struct pair *pair, size_t size)
{
    const char *statement;
    enum proxy_mode mode = mode_of(proxy, &statement);
    bool meant;

    if (pair->freed) {
        pair->freed = false;
        return true;
    }
    if (statement && binds(pair, size, statement)) {
        if (mode == PROXY_HOLD_STATEMENT)
            return !hold(proxy, pair, true);
        pair->marked = true;
    }
    if (!binds(pair, size, "commit"))
        return true;
    meant = !statement || pair->marked;
    pair->marked = false;
    pair->mutes = meant && mode == PROXY_HOLD_ANSWER;
    return !hold(proxy, pair, meant && mode == PROXY_HOLD_COMMIT);
}

static bool
pass_messages(struct proxy *proxy, struct pair *pair)
{
    size_t size;

    while (!pair->holds && (size = message_size(pair)) > 0) {
        if (!may_pass(proxy, pair, size))
            break;
        if (!send_all(pair->server, pair->input, size))
            return false;
        pair->used -= size;
        memmove(pair->input, pair->input + size, pair->used);
        pair->started = true;
    }
    return true;
}

static bool
from_client(struct proxy *proxy, struct pair *pair)
{
    ssize_t n = recv(pair->client, pair->input + pair->used, ROOM - pair->used, MSG_DONTWAIT);

    if (n < 0 && errno == EAGAIN)
        return true;
    if (n <= 0)
        return false;
    pair->used += (size_t)n;
    return pass_messages(proxy, pair);
}

static bool
from_server(struct proxy *proxy, struct pair *pair)
{
    char data[16384];
    ssize_t n = recv(pair->server, data, sizeof data, MSG_DONTWAIT);

    if (n < 0 && errno == EAGAIN)
        return true;
    if (n <= 0)
        return false;
    if (!pair->mutes)
        return send_all(pair->client, data, (size_t)n);
    note_held(proxy, pair); /* the server has spoken: the COMMIT is done */
    return true;
}

/* Lets go what the test has released. */
static void
release_one(struct proxy *proxy)
{
    int due;

    pthread_mutex_lock(&proxy->lock);
    due = proxy->release;
    proxy->release = 0;
    pthread_cond_broadcast(&proxy->changed);
    pthread_mutex_unlock(&proxy->lock);
    for (int i = 0; due && i < PAIRS; i++) {
        struct pair *pair = &proxy->pair[i];

        if (pair->client < 0 || !pair->holds || pair->turn != due)
            continue;
        pair->holds = false;
        pair->freed = true;
        if (!pass_messages(proxy, pair))
            close_pair(pair);
    }
}

static void
turn(struct proxy *proxy, bool frozen)
{
    struct pollfd items[2 + 2 * PAIRS] = { { .fd = proxy->wake, .events = POLLIN },
                                           { .fd = proxy->listener, .events = POLLIN } };
    uint64_t woken;

    for (int i = 0; i < PAIRS; i++) {
        items[2 + 2 * i] = (struct pollfd){ .fd = frozen ? -1 : proxy->pair[i].client, .events = POLLIN };
        items[3 + 2 * i] = (struct pollfd){ .fd = frozen ? -1 : proxy->pair[i].server, .events = POLLIN };
        if (proxy->pair[i].client < 0)
            items[3 + 2 * i].fd = -1;
    }
    poll(items, 2 + 2 * PAIRS, TICK_MS);
    if (items[0].revents)
        (void)!read(proxy->wake, &woken, sizeof woken);
    if (items[1].revents)
        open_pair(proxy);
    for (int i = 0; i < PAIRS; i++) {
        struct pair *pair = &proxy->pair[i];

        if ((items[2 + 2 * i].revents && !from_client(proxy, pair)) ||
            (items[3 + 2 * i].revents && !from_server(proxy, pair)))
            close_pair(pair);
    }
}

static void
cut_all(struct proxy *proxy)
{
    for (int i = 0; i < PAIRS; i++)
        if (proxy->pair[i].client >= 0)
            close_pair(&proxy->pair[i]);
}

static void *
proxy_main(void *argument)
{
    struct proxy *proxy = argument;
    bool stop = false;

    while (!stop) {
        const char *statement;
        bool cut;

        turn(proxy, mode_of(proxy, &statement) == PROXY_FREEZE);
        pthread_mutex_lock(&proxy->lock);
        stop = proxy->stop;
        cut = proxy->cut;
        proxy->cut = false;
        pthread_mutex_unlock(&proxy->lock);
        if (cut || stop)
            cut_all(proxy);
        release_one(proxy);
    }
    return NULL;
}

struct proxy *
proxy_open(const char *server_socket)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
    socklen_t size = sizeof address;
    struct proxy *proxy = calloc(1, sizeof *proxy);

    if (!proxy)
        abort();
    for (int i = 0; i < PAIRS; i++)
        proxy->pair[i].client = proxy->pair[i].server = -1;
    snprintf(proxy->path, sizeof proxy->path, "%s", server_socket);
    proxy->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    proxy->wake = eventfd(0, EFD_CLOEXEC);
    if (bind(proxy->listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(proxy->listener, PAIRS) < 0 ||
        getsockname(proxy->listener, (struct sockaddr *)&address, &size) < 0)
        abort();
    proxy->port = ntohs(address.sin_port);
    pthread_mutex_init(&proxy->lock, NULL);
    pthread_cond_init(&proxy->changed, NULL);
    if (pthread_create(&proxy->thread, NULL, proxy_main, proxy) != 0)
        abort();
    return proxy;
}

void
proxy_close(struct proxy *proxy)
{
    pthread_mutex_lock(&proxy->lock);
    proxy->stop = true;
    pthread_mutex_unlock(&proxy->lock);
    pthread_join(proxy->thread, NULL);
    close(proxy->listener);
    close(proxy->wake);
    free(proxy);
}

int
proxy_port(const struct proxy *proxy)
{
    return proxy->port;
}

void
proxy_set(struct proxy *proxy, enum proxy_mode mode, const char *statement)
{
    pthread_mutex_lock(&proxy->lock);
    proxy->mode = mode;
    proxy->statement = statement;
    proxy->held = false;
    pthread_mutex_unlock(&proxy->lock);
}

bool
proxy_await_held(struct proxy *proxy, int ms)
{
    struct timespec until;
    bool held;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += ms / 1000;
    pthread_mutex_lock(&proxy->lock);
    while (!proxy->held && pthread_cond_timedwait(&proxy->changed, &proxy->lock, &until) == 0)
        ;
    held = proxy->held;
    pthread_mutex_unlock(&proxy->lock);
    return held;
}

void
proxy_cut(struct proxy *proxy)
{
    pthread_mutex_lock(&proxy->lock);
    proxy->cut = true;
    pthread_mutex_unlock(&proxy->lock);
}

int
proxy_turn(struct proxy *proxy)
{
    int turn;

    pthread_mutex_lock(&proxy->lock);
    turn = proxy->turns;
    pthread_mutex_unlock(&proxy->lock);
    return turn;
}

void
proxy_release(struct proxy *proxy, int turn)
{
    uint64_t one = 1;

    pthread_mutex_lock(&proxy->lock);
    proxy->release = turn;
    (void)!write(proxy->wake, &one, sizeof one);
    while (proxy->release == turn)
        pthread_cond_wait(&proxy->changed, &proxy->lock);
    pthread_mutex_unlock(&proxy->lock);
}
