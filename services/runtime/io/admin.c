/* SPDX-License-Identifier: Apache-2.0 */
/* Health and metrics over the smallest possible HTTP: one request a connection, headers ignored, one thread.
 * Owns its listening socket and the thread. */
#include "io/admin.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/check.h"
#include "io/metrics.h"
#include "base/banned.h"

#define REQUEST_SIZE 2048
#define REQUEST_MS   1000
#define PAGE_LIMIT   ((size_t)4 * 1024 * 1024)
#define LISTEN_QUEUE 16

struct admin {
    int listener;
    int stop; /* eventfd: written once by admin_close */
    pthread_t thread;
    struct admin_health *health;
};

struct answer {
    int code;
    struct strbuf body;
};

static void
answer_health(struct admin_health *health, const char *path, struct answer *answer)
{
    bool good = true;

    if (strcmp(path, "/started") == 0)
        good = atomic_load(&health->started);
    else if (strcmp(path, "/ready") == 0)
        good = atomic_load(&health->started) && health->ready(health->context, &answer->body);
    answer->code = good ? 200 : 503;
    if (answer->body.size == 0)
        strbuf_text(&answer->body, good ? "ok" : "not yet");
    strbuf_char(&answer->body, '\n');
}

static void
answer_path(struct admin *admin, const char *path, struct answer *answer)
{
    if (strcmp(path, "/metrics") == 0) {
        answer->code = 200;
        metrics_write(&answer->body);
    } else if (strcmp(path, "/live") == 0 || strcmp(path, "/ready") == 0 || strcmp(path, "/started") == 0) {
        answer_health(admin->health, path, answer);
    } else {
        answer->code = 404;
        strbuf_text(&answer->body, "not found\n");
    }
}

/* Reads until the blank line that ends the head; false when the peer is slow, rude or gone. */
static bool
read_head(int fd, char head[REQUEST_SIZE])
{
    size_t used = 0;

    while (used < REQUEST_SIZE - 1) {
        struct pollfd waiting = { .fd = fd, .events = POLLIN };
        ssize_t n;

        if (poll(&waiting, 1, REQUEST_MS) <= 0)
            return false;
        n = recv(fd, head + used, REQUEST_SIZE - 1 - used, 0);
        if (n <= 0)
            return false;
        used += (size_t)n;
        head[used] = '\0';
        if (strstr(head, "\r\n\r\n"))
            return true;
    }
    return false;
}

static void
send_all(int fd, struct slice data)
{
    while (data.size) {
        struct pollfd waiting = { .fd = fd, .events = POLLOUT };
        ssize_t n;

        if (poll(&waiting, 1, REQUEST_MS) <= 0)
            return;
        n = send(fd, data.data, data.size, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno != EAGAIN)
            return;
        if (n > 0)
            data = slice_make(data.data + n, data.size - (size_t)n);
    }
}

static void
serve(struct admin *admin, int fd)
{
    char head[REQUEST_SIZE];
    char line[128];
    char path[64];
    struct answer answer = { .code = 400 };

    strbuf_init(&answer.body, PAGE_LIMIT);
    if (read_head(fd, head) && sscanf(head, "GET %63s HTTP/1.", path) == 1)
        answer_path(admin, path, &answer);
    snprintf(line, sizeof line,
             "HTTP/1.1 %d -\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: %zu\r\n"
             "Connection: close\r\n\r\n",
             answer.code, answer.body.size);
    send_all(fd, slice_of(line));
    send_all(fd, strbuf_slice(&answer.body));
    strbuf_done(&answer.body);
}

static void *
admin_main(void *argument)
{
    struct admin *admin = argument;
    struct pollfd waiting[] = { { .fd = admin->listener, .events = POLLIN }, { .fd = admin->stop, .events = POLLIN } };

    for (;;) {
        int fd;

        if (poll(waiting, 2, -1) < 0 && errno != EINTR)
            break;
        if (waiting[1].revents)
            break;
        fd = accept4(admin->listener, NULL, NULL, SOCK_CLOEXEC);
        if (fd < 0)
            continue;
        serve(admin, fd);
        close(fd);
    }
    return NULL;
}

static int
listen_on(const char *bind_to)
{
    struct addrinfo hints = { .ai_flags = AI_PASSIVE | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM };
    struct addrinfo *address = NULL;
    const char *colon = strrchr(bind_to, ':');
    char host[256];
    int on = 1;
    int fd = -1;

    if (!colon || (size_t)(colon - bind_to) >= sizeof host)
        return -1;
    snprintf(host, sizeof host, "%.*s", (int)(colon - bind_to), bind_to);
    if (getaddrinfo(host, colon + 1, &hints, &address) != 0)
        return -1;
    fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0 && (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0 ||
                    bind(fd, address->ai_addr, address->ai_addrlen) < 0 || listen(fd, LISTEN_QUEUE) < 0)) {
        close(fd);
        fd = -1;
    }
    freeaddrinfo(address);
    return fd;
}

status_t
admin_open(struct arena *arena, const char *bind_to, struct admin_health *health, struct admin **ret_admin)
{
    struct admin *admin;
    int listener = listen_on(bind_to);

    if (listener < 0)
        return status_detail(arena, PROBLEM_UNAVAILABLE, "cannot listen on %s: %s", bind_to, strerror(errno));
    admin = arena_alloc(arena, sizeof *admin);
    *admin = (struct admin){ .listener = listener, .stop = eventfd(0, EFD_CLOEXEC), .health = health };
    CHECK(admin->stop >= 0);
    CHECK(pthread_create(&admin->thread, NULL, admin_main, admin) == 0);
    *ret_admin = admin;
    return OK;
}

void
admin_close(struct admin *admin)
{
    if (!admin)
        return;
    CHECK(eventfd_write(admin->stop, 1) == 0);
    pthread_join(admin->thread, NULL);
    close(admin->listener);
    close(admin->stop);
}
