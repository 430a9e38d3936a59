/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of a method and of its fields before any call: rows of tables that the generator writes from the .proto
 * files (rpc/v1/options.proto). protobuf-c keeps no options at run time; these rows do. */
#ifndef LIANGXIN_RPC_METHOD_H
#define LIANGXIN_RPC_METHOD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <protobuf-c/protobuf-c.h>

#include "base/status.h"

struct call;

/* rpc/v1/options.proto: Effect */
enum method_effect {
    METHOD_PURE = 1,    /* no database, safe to repeat */
    METHOD_READ = 2,    /* reads, no transaction, safe to repeat */
    METHOD_COMMAND = 3, /* one transaction, Idempotency-Key required */
    METHOD_APPLY = 4,   /* one transaction, idempotent by its own content */
};

/* A handler behind a generated thunk that restores the message types. `out` is initialized. */
typedef status_t rpc_handler(struct call *call, const ProtobufCMessage *in, ProtobufCMessage *out);

/* rpc/v1/options.proto: FieldRule. Zero means no limit. */
struct field_rule {
    const char *field; /* name in the .proto */
    bool required;
    uint32_t min_length; /* characters */
    uint32_t max_length; /* characters; bytes fields: bytes */
    uint32_t max_items;
    const char *format; /* "uuid", "date", "month", ...; NULL: any clean text */
    bool bounded;       /* minimum and maximum hold */
    int64_t minimum;
    int64_t maximum;
};

/* The rules of one message; fields without a rule have none. */
struct message_rules {
    const ProtobufCMessageDescriptor *message;
    const struct field_rule *rules;
    size_t count;
};

struct rpc_method {
    const char *name;       /* "transfers.v1.Transfers/Issue" */
    const char *service;    /* "transfers": which peer answers it */
    const char *permission; /* what the actor must hold; NULL: none asked */
    enum method_effect effect;
    uint32_t budget_ms;
    bool open;     /* needs no actor */
    bool if_match; /* the row's version is required */
    /* services that may call as themselves, NULL-terminated, or NULL; a token that such a caller passes is not read */
    const char *const *callers;
    const ProtobufCMessageDescriptor *request;
    const ProtobufCMessageDescriptor *reply;
    const struct message_rules *rules; /* of all messages of the service; ends with .message == NULL */
};

#endif
