/* SPDX-License-Identifier: Apache-2.0 */
/* What the .proto files say, resolved: types point at types, options are decoded, comments stand beside what they
 * describe. Everything lives in one arena and keeps the order of the files, so that output is deterministic. Only
 * packages below `liangxin.` are kept; `liangxin.rpc` (frames and options) is left out, too. */
#ifndef LIANGXIN_GENERATOR_SCHEMA_H
#define LIANGXIN_GENERATOR_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include <google/protobuf/descriptor.pb-c.h>
#include <liangxin/rpc/v1/options.pb-c.h>

#include "base/arena.h"

typedef Google__Protobuf__FileDescriptorSet FileSet;
typedef Google__Protobuf__FieldDescriptorProto__Type FieldType;
typedef Liangxin__Rpc__V1__MethodRule MethodRule;
typedef Liangxin__Rpc__V1__FieldRule FieldRule;

#define TYPE(name) GOOGLE__PROTOBUF__FIELD_DESCRIPTOR_PROTO__TYPE__TYPE_##name

/* Where something is written, for messages to the author, and what the author says about it. */
struct place {
    const char *file;    /* "liangxin/transfers/v1/transfers.proto" */
    int line;            /* from 1; 0: unknown */
    const char *comment; /* "" when there is none */
};

/* One folder below proto/liangxin. */
struct package {
    struct package *next;
    const char *name;   /* "liangxin.transfers.v1" */
    const char *folder; /* "transfers" */
    const char *dir;    /* "liangxin/transfers/v1" */
    struct file *files;
    struct import *imports; /* other kept packages that its files import */
};

struct file {
    struct file *next;
    const char *path;
};

struct import {
    struct import *next;
    const struct package *package;
};

struct enum_value {
    const char *name;
    struct place place;
};

struct enumeration {
    struct enumeration *next;
    const struct package *package;
    const char *name;       /* "liangxin.transfers.v1.LetterState" */
    const char *local;      /* "LetterState"; nested: "Letter.State" */
    const char *short_name; /* the C type of handlers; nested: "LetterState" */
    struct enum_value *values;
    size_t count;
    struct place place;
};

struct field {
    const char *name;
    int number;
    FieldType type;
    const char *type_name; /* of messages and enums, without the leading dot; NULL otherwise */
    struct message *message;
    struct enumeration *enumeration;
    bool repeated;
    bool presence;         /* member of a oneof: absent and zero differ */
    bool proto3_optional;  /* refused by check.c */
    const FieldRule *rule; /* NULL: none */
    struct place place;
};

enum message_mark { MESSAGE_UNSEEN, MESSAGE_OPEN, MESSAGE_DONE };

struct message {
    struct message *next;
    const struct package *package;
    const char *name;       /* "liangxin.transfers.v1.SubmitRequest" */
    const char *local;      /* "SubmitRequest"; nested: "Letter.Line" */
    const char *short_name; /* the C type of handlers; nested: "LetterLine" */
    struct field *fields;
    size_t count;
    bool map_entry;
    enum message_mark mark; /* of the walk in acyclic.c */
    struct place place;
};

struct method {
    struct method *next;
    const struct package *package;
    const char *service; /* "Transfers" */
    const char *name;    /* "SendUp" */
    const char *wire;    /* "transfers.v1.Transfers/SendUp" */
    const char *snake;   /* "send_up" */
    struct message *request;
    struct message *reply;
    const MethodRule *rule; /* NULL: none */
    struct place place;
};

struct schema {
    struct arena *arena;
    struct package *packages;
    struct message *messages;
    struct enumeration *enumerations;
    struct method *methods;
};

/* Reads a serialized FileDescriptorSet (protoc --include_imports --include_source_info). NULL when the bytes are none.
 * The schema and all that it points at live in `arena`. */
struct schema *schema_read(struct arena *arena, const void *data, size_t size);

/* True for the package itself and for those that its files import, be it through a third. */
bool package_sees(const struct package *package, const struct package *other);

/* NULL when the message has no such field. */
const struct field *message_field(const struct message *message, const char *name);

#endif
