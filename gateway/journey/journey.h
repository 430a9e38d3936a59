/* SPDX-License-Identifier: Apache-2.0 */
/* One request on its way: router, session, transcode_in, upstream, transcode_out or problem. A journey holds everything
 * that the request needs (buffer, arena, answer) and is used again for the next one. Loop thread. */
#ifndef LIANGXIN_GATEWAY_JOURNEY_H
#define LIANGXIN_GATEWAY_JOURNEY_H

#include "gateway/http/head_scan.h"
#include "gateway/journey/limits.h"
#include "gateway/http/request.h"
#include "gateway/http/response.h"
#include "gateway/pages/pages.h"
#include "gateway/transcode/router.h"
#include "gateway/journey/session.h"
#include "gateway/streams/stream.h"
#include "gateway/connections/upload.h"
#include "gateway/upstream/upstream.h"

/* What journeys share. Set at start and does not change, but for the pool. */
struct journey_context {
    struct router *router;
    struct upstream *upstream;
    struct sessions *sessions;
    struct streams *streams;   /* NULL: none are offered */
    const struct pages *pages; /* the console */
    struct limits limits;
    size_t answer_limit;              /* bytes of JSON */
    size_t file_limit;                /* bytes of an upload in chunks */
    size_t files_limit;               /* files under way at once */
    int64_t file_timeout_ms;          /* for a file as a whole */
    const struct rpc_method *log_in;  /* sets the cookie of browsers to its answer's "token" */
    const struct rpc_method *log_out; /* takes it away */
    bool secure_cookie;
    struct journey *free;
    size_t n_free;
    size_t n_files; /* under way */
};

struct journey;

/* What a journey asks of the one that has its socket. */
struct journey_calls {
    /* The response is complete, or with its head and first piece when journey_has_more. Once for each journey_begin,
     * maybe within it. */
    void (*arrived)(struct journey *journey);
    void (*wanted)(struct journey *journey); /* gather a piece in `upload`, then journey_take_piece */
    void (*passed)(struct journey *journey); /* the response's body is the next piece of a download */
    void (*broken)(struct journey *journey); /* the rest of a download cannot be had */
};

/* A file under way. */
struct passage {
    struct arena *arena; /* of the piece's call */
    int64_t until_ms;    /* of clock_ms */
    int64_t offset;      /* download: bytes had so far; as given by the first piece: */
    int64_t size;
    bool over; /* the service has all of it, or has given all of it */
};

struct journey {
    struct journey_context *context;
    struct journey *next; /* among the free */
    struct arena *arena;  /* of the request; reset by journey_renew */
    struct request request;
    struct router_match match;
    struct session_waiter waiter;
    struct upstream_call call;
    struct strbuf json;
    struct strbuf head;
    struct response response; /* complete when `arrived` is called */
    enum language language;
    struct slice bearer;      /* of the Authorization field, or of the cookie */
    struct slice actor_token; /* of a stream that may begin */
    struct address client;    /* the owner sets it */
    char id[ID_SIZE];
    int64_t began_us;
    status_t routed;                   /* what the router said */
    struct passage *passage;           /* NULL: no file under way */
    struct upload *upload;             /* NULL: no upload under way */
    const struct journey_calls *calls; /* the owner's */
    void *owner;
    char buffer[HEAD_LIMIT]; /* the connection's input; `request` views it */
};

/* A journey from the pool, ready for a request. */
struct journey *journey_take(struct journey_context *context);
/* Back to the pool; a call under way goes on unheard. */
void journey_give_back(struct journey *journey);
/* Frees the pool. */
void journey_pool_free(struct journey_context *context);

/* Forgets the last request; the buffer's content stays. */
void journey_renew(struct journey *journey);
/* The head of `request` is complete: finds its route. */
void journey_meet(struct journey *journey);
/* True when the body is to be left where it is until `wanted`. */
bool journey_is_upload(const struct journey *journey);
/* `request` is complete, but for the body of an upload: sets out. */
void journey_begin(struct journey *journey);
/* Answers a request that never became one. `arrived` is called. */
void journey_refuse(struct journey *journey, enum head_verdict verdict);

/* A piece of the upload is ready: it goes. */
void journey_take_piece(struct journey *journey);
/* What came was no piece. */
void journey_refuse_piece(struct journey *journey, enum upload_verdict verdict);
/* The whole body of an upload has been taken, and its end is known: another request may follow. */
bool journey_has_all(const struct journey *journey);
/* Not all of a download has been passed. */
bool journey_has_more(const struct journey *journey);
/* The last piece has been written: the next may come. */
void journey_next_piece(struct journey *journey);
/* The file under way has taken too long as a whole. */
bool journey_is_late(const struct journey *journey);

#endif
