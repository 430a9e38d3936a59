/* SPDX-License-Identifier: Apache-2.0 */
/* Log-ins by the hash of their bearer token, most lately used first. Loop thread; owns the entries. */
#include "gateway/journey/session.h"

#include <stdlib.h>
#include <strings.h>

#include "base/check.h"
#include "gateway/transcode/field.h"
#include "gateway/meters.h"
#include "io/clock.h"
#include "io/seal.h"
#include "rpc/codec.h"
#include "base/banned.h"

#define BUCKETS      4096 /* a power of two */
#define RENEW_MS     20000
#define MARGIN_MS    2000 /* a token this near its end is not sent any more */
#define LIFE_MS      30000
#define REFUSED_MS   1000
#define CALL_ARENA   ((size_t)64 * 1024)
#define BEARER_LIMIT 200

struct entry {
    struct sessions *sessions;
    struct entry *next; /* in its bucket */
    struct entry *newer;
    struct entry *older;
    uint8_t hash[SEAL_HASH];
    char *token; /* NULL: none known */
    size_t token_size;
    int64_t asked_ms; /* when the present token, or refusal, was asked for */
    int64_t valid_until_ms;
    bool refused;
    bool used;           /* by a request, since the last question */
    bool changed;        /* the question under way is out of date: its answer is not kept */
    struct arena *arena; /* of the question under way; NULL: none */
    struct upstream_call call;
    struct session_waiter *waiters;
};

struct sessions {
    struct upstream *upstream;
    const struct rpc_method *exchange;
    const ProtobufCFieldDescriptor *bearer_field;
    const ProtobufCFieldDescriptor *watching_field; /* NULL: the method does not tell use from watching */
    const ProtobufCFieldDescriptor *token_field;
    const ProtobufCFieldDescriptor *expiry_field;
    struct entry *bucket[BUCKETS];
    struct entry *newest;
    struct entry *oldest;
    size_t count;
    size_t limit;
};

static const ProtobufCFieldDescriptor *
typed_field(const ProtobufCMessageDescriptor *message, const char *name, ProtobufCType type)
{
    const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(message, name);

    CHECK(field != NULL && field->type == type);
    return field;
}

struct sessions *
sessions_new(struct upstream *upstream, const struct rpc_method *exchange, size_t limit)
{
    struct sessions *sessions = calloc(1, sizeof *sessions);

    CHECK(sessions != NULL);
    sessions->upstream = upstream;
    sessions->exchange = exchange;
    sessions->bearer_field = typed_field(exchange->request, "token", PROTOBUF_C_TYPE_STRING);
    sessions->watching_field = protobuf_c_message_descriptor_get_field_by_name(exchange->request, "watching");
    sessions->token_field = typed_field(exchange->reply, "actor_token", PROTOBUF_C_TYPE_BYTES);
    sessions->expiry_field = typed_field(exchange->reply, "expires_at_ms", PROTOBUF_C_TYPE_INT64);
    sessions->limit = limit;
    return sessions;
}

static struct entry **
bucket_of(struct sessions *sessions, const uint8_t hash[SEAL_HASH])
{
    uint32_t start;

    memcpy(&start, hash, sizeof start);
    return &sessions->bucket[start & (BUCKETS - 1)];
}

static void
unlink_use(struct sessions *sessions, struct entry *entry)
{
    *(entry->newer ? &entry->newer->older : &sessions->newest) = entry->older;
    *(entry->older ? &entry->older->newer : &sessions->oldest) = entry->newer;
}

static void
link_newest(struct sessions *sessions, struct entry *entry)
{
    entry->newer = NULL;
    entry->older = sessions->newest;
    *(entry->older ? &entry->older->newer : &sessions->oldest) = entry;
    sessions->newest = entry;
}

static void
forget_token(struct entry *entry)
{
    if (entry->token)
        seal_wipe(entry->token, entry->token_size);
    free(entry->token);
    entry->token = NULL;
}

static void
entry_free(struct entry *entry)
{
    struct sessions *sessions = entry->sessions;
    struct entry **at = bucket_of(sessions, entry->hash);

    while (*at != entry)
        at = &(*at)->next;
    *at = entry->next;
    unlink_use(sessions, entry);
    metric_set(&meter_sessions, NULL, (int64_t)--sessions->count);
    upstream_leave(&entry->call);
    arena_free(entry->arena);
    forget_token(entry);
    free(entry);
}

void
sessions_free(struct sessions *sessions)
{
    if (!sessions)
        return;
    while (sessions->newest)
        entry_free(sessions->newest);
    free(sessions);
}

/* Makes room by forgetting the one used longest ago; entries with a question under way stay. */
static void
drop_oldest(struct sessions *sessions)
{
    struct entry *entry = sessions->oldest;

    while (entry && entry->arena)
        entry = entry->newer;
    if (!entry)
        return;
    metric_add(&meter_sessions_dropped, NULL, 1);
    entry_free(entry);
}

static struct entry *
find_entry(struct sessions *sessions, const uint8_t hash[SEAL_HASH])
{
    struct entry *entry = *bucket_of(sessions, hash);

    while (entry && memcmp(entry->hash, hash, SEAL_HASH) != 0)
        entry = entry->next;
    return entry;
}

static struct entry *
entry_new(struct sessions *sessions, const uint8_t hash[SEAL_HASH])
{
    struct entry **bucket = bucket_of(sessions, hash);
    struct entry *entry;

    if (sessions->count >= sessions->limit)
        drop_oldest(sessions);
    entry = calloc(1, sizeof *entry);
    CHECK(entry != NULL);
    entry->sessions = sessions;
    memcpy(entry->hash, hash, SEAL_HASH);
    entry->next = *bucket;
    *bucket = entry;
    link_newest(sessions, entry);
    metric_set(&meter_sessions, NULL, (int64_t)++sessions->count);
    return entry;
}

static bool
is_valid(const struct entry *entry)
{
    return entry->token && clock_ms() < entry->valid_until_ms;
}

static bool
is_refused(const struct entry *entry)
{
    return entry->refused && clock_ms() < entry->asked_ms + REFUSED_MS;
}

static void
tell(struct entry *entry, status_t st)
{
    while (entry->waiters) {
        struct session_waiter *waiter = entry->waiters;

        session_leave(waiter);
        waiter->told(waiter, st, slice_make(entry->token, st ? 0 : entry->token_size));
    }
}

static void
keep_token(struct entry *entry, const ProtobufCMessage *reply)
{
    const struct sessions *sessions = entry->sessions;
    const ProtobufCBinaryData *token = field_value(reply, sessions->token_field);
    int64_t life_ms = *(const int64_t *)field_value(reply, sessions->expiry_field) - clock_now() / 1000;

    forget_token(entry);
    entry->token = malloc(token->len + 1);
    CHECK(entry->token != NULL);
    memcpy(entry->token, token->data, token->len);
    entry->token_size = token->len;
    entry->valid_until_ms = clock_ms() + (life_ms < LIFE_MS ? life_ms : LIFE_MS) - MARGIN_MS;
}

/* The answer into the entry; what the waiters are told. */
static status_t
take_answer(struct entry *entry, const struct rpc_reply *reply, struct slice body)
{
    ProtobufCMessage *message = NULL;
    status_t st = reply->status;

    if (!st)
        st = codec_unpack(entry->arena, entry->sessions->exchange->reply, body, &message);
    entry->refused = status_http(st) == 401;
    if (!st)
        keep_token(entry, message);
    else if (entry->refused)
        forget_token(entry);
    if (!st && !is_valid(entry))
        return status_plain(PROBLEM_UNAVAILABLE);
    return st && is_valid(entry) ? OK : st;
}

static void
on_answer(struct upstream_call *call, const struct rpc_reply *reply, struct slice body)
{
    struct entry *entry = (struct entry *)((char *)call - offsetof(struct entry, call));
    struct arena *arena = entry->arena;
    status_t st = take_answer(entry, reply, body);

    tell(entry, st); /* before the arena goes: it keeps the entry from being dropped meanwhile */
    entry->arena = NULL;
    if (entry->changed)
        forget_token(entry);
    entry->changed = false;
    arena_free(arena);
}

static status_t
ask(struct entry *entry, struct slice bearer)
{
    struct sessions *sessions = entry->sessions;
    ProtobufCMessage *message;
    status_t st;

    entry->arena = arena_new(CALL_ARENA);
    entry->asked_ms = clock_ms();
    message = codec_new(entry->arena, sessions->exchange->request);
    *(char **)field_slot(message, sessions->bearer_field) = arena_text_slice(entry->arena, bearer);
    if (sessions->watching_field)
        *(protobuf_c_boolean *)field_slot(message, sessions->watching_field) = !entry->used;
    entry->used = false;
    entry->call = (struct upstream_call){ .method = sessions->exchange, .arena = entry->arena, .done = on_answer };
    entry->call.request.idempotency_key = "";
    entry->call.request.trace = "";
    entry->call.body = codec_pack(entry->arena, message);
    st = upstream_send(sessions->upstream, &entry->call);
    if (!st)
        return OK;
    arena_free(entry->arena);
    entry->arena = NULL;
    return st;
}

static void
wait_for(struct entry *entry, struct session_waiter *waiter)
{
    waiter->next = entry->waiters;
    waiter->back = &entry->waiters;
    if (waiter->next)
        waiter->next->back = &waiter->next;
    entry->waiters = waiter;
}

void
session_leave(struct session_waiter *waiter)
{
    if (!waiter->back)
        return;
    *waiter->back = waiter->next;
    if (waiter->next)
        waiter->next->back = waiter->back;
    waiter->back = NULL;
}

struct slice
session_token(struct slice text)
{
    return text.size <= BEARER_LIMIT && codec_format_fits("token", text) ? text : slice_of("");
}

struct slice
session_bearer(struct slice authorization)
{
    static const char scheme[] = "Bearer ";

    if (authorization.size < sizeof scheme || strncasecmp(authorization.data, scheme, sizeof scheme - 1) != 0)
        return slice_of("");
    return session_token(slice_make(authorization.data + sizeof scheme - 1, authorization.size - (sizeof scheme - 1)));
}

/* `use`: somebody does something with the log-in. */
static bool
look(struct sessions *sessions, struct slice bearer, bool use, struct session_waiter *waiter, status_t *ret_status,
     struct slice *ret_token)
{
    uint8_t hash[SEAL_HASH];
    struct entry *entry;

    *ret_status = bearer.size ? OK : status_plain(PROBLEM_UNAUTHENTIC);
    if (*ret_status)
        return true;
    seal_hash(bearer, hash);
    entry = find_entry(sessions, hash);
    if (!entry)
        entry = entry_new(sessions, hash);
    entry->used |= use;
    unlink_use(sessions, entry);
    link_newest(sessions, entry);
    if (!entry->arena && !is_refused(entry) && (!is_valid(entry) || clock_ms() >= entry->asked_ms + RENEW_MS))
        *ret_status = ask(entry, bearer);
    if (is_valid(entry)) {
        *ret_status = OK;
        *ret_token = slice_make(entry->token, entry->token_size);
        return true;
    }
    if (!entry->arena && !*ret_status)
        *ret_status = status_plain(PROBLEM_UNAUTHENTIC);
    if (*ret_status)
        return true;
    wait_for(entry, waiter);
    return false;
}

bool
session_ask(struct sessions *sessions, struct slice bearer, struct session_waiter *waiter, status_t *ret_status,
            struct slice *ret_token)
{
    return look(sessions, bearer, true, waiter, ret_status, ret_token);
}

bool
session_watch(struct sessions *sessions, struct slice bearer, struct session_waiter *waiter, status_t *ret_status,
              struct slice *ret_token)
{
    return look(sessions, bearer, false, waiter, ret_status, ret_token);
}

/* True when both names lie in the same service: "organizations.v1.Accounts/". */
static bool
is_same_service(const char *a, const char *b)
{
    size_t size = strcspn(a, "/");

    return strncmp(a, b, size + 1) == 0;
}

void
session_changed(struct sessions *sessions, struct slice bearer, const struct rpc_method *method)
{
    uint8_t hash[SEAL_HASH];
    struct entry *entry;

    if (bearer.size == 0 || method->effect < METHOD_COMMAND || !is_same_service(sessions->exchange->name, method->name))
        return;
    seal_hash(bearer, hash);
    entry = find_entry(sessions, hash);
    if (!entry)
        return;
    entry->changed = entry->arena != NULL;
    forget_token(entry);
}

bool
session_is_known(struct sessions *sessions, struct slice bearer)
{
    uint8_t hash[SEAL_HASH];
    const struct entry *entry;

    seal_hash(bearer, hash);
    entry = find_entry(sessions, hash);
    return entry && entry->token;
}
