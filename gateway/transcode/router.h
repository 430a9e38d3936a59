/* SPDX-License-Identifier: Apache-2.0 */
/* Which method a verb and a path lead to. Built once from the generated table, then only read. Pure. */
#ifndef LIANGXIN_GATEWAY_ROUTER_H
#define LIANGXIN_GATEWAY_ROUTER_H

#include "base/arena.h"
#include "base/slice.h"
#include "base/status.h"
#include "gateway/transcode/route.h"

#define ROUTER_PARAMETERS 8
#define ROUTER_SEGMENTS   24
#define ROUTER_ALLOW      64 /* bytes of an Allow field and NUL */

/* The fields of a method that carries a file in pieces. */
struct file_fields {
    const ProtobufCFieldDescriptor *data;   /* bytes; upload: of the request, download: of the reply */
    const ProtobufCFieldDescriptor *offset; /* int64 of the request */
    const ProtobufCFieldDescriptor *last;   /* bool of the request; upload only, the next three download only */
    const ProtobufCFieldDescriptor *size;   /* int64 of the reply */
    const ProtobufCFieldDescriptor *media_type;
    const ProtobufCFieldDescriptor *file_name;
};

/* A route with what the descriptors say about it. */
struct router_entry {
    const struct route *route;
    const ProtobufCFieldDescriptor *parameter[ROUTER_PARAMETERS]; /* in the order of the path */
    size_t n_parameters;
    const ProtobufCFieldDescriptor *raw_body;    /* NULL: JSON */
    const struct file_fields *upload;            /* NULL: no file comes */
    const struct file_fields *download;          /* NULL: no file goes */
    const ProtobufCFieldDescriptor *version;     /* int64 `version` of the reply, for ETag; NULL: none */
    const ProtobufCFieldDescriptor *next_cursor; /* string `next_cursor` of the reply, for Link; NULL: none */
    struct router_entry *next;                   /* another verb of the same path */
};

struct router_match {
    const struct router_entry *entry;
    struct slice value[ROUTER_PARAMETERS]; /* still percent-encoded */
    char allow[ROUTER_ALLOW];              /* the verbs offered, when the verb was not */
};

struct router;

/* Lives in `arena`. A table that contradicts itself ends the process. */
struct router *router_new(struct arena *arena, const struct route *table, size_t count);
/* NO_ROUTE, or METHOD_NOT_ALLOWED with `allow` filled in. Literal segments win over {parameters}. */
status_t router_find(const struct router *router, struct slice verb, struct slice path, struct router_match *ret_match);

#endif
