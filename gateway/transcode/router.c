/* SPDX-License-Identifier: Apache-2.0 */
/* A tree of path segments. Built at start in the process arena and not changed afterwards. */
#include "gateway/transcode/router.h"

#include "base/check.h"
#include "base/banned.h"

struct node {
    struct slice text; /* a literal; nothing for a {parameter} */
    struct node *next; /* sibling */
    struct node *literals;
    struct node *parameter;
    struct router_entry *entries; /* one a verb; NULL: no route ends here */
};

struct router {
    struct node root;
};

/* A walk down the tree. */
struct walk {
    struct slice segment[ROUTER_SEGMENTS];
    size_t count;
    struct slice verb;
    struct slice value[ROUTER_PARAMETERS];
    size_t n_values;
    const struct router_entry *found;
    const struct node *other_verbs; /* a node where the path ended, without the verb */
};

/* False when there are too many segments, or the path does not begin with a slash. */
static bool
split(struct slice path, struct slice segment[ROUTER_SEGMENTS], size_t *ret_count)
{
    *ret_count = 0;
    while (path.size) {
        const char *slash;
        size_t size;

        if (path.data[0] != '/' || *ret_count == ROUTER_SEGMENTS)
            return false;
        path = slice_make(path.data + 1, path.size - 1);
        slash = memchr(path.data, '/', path.size);
        size = slash ? (size_t)(slash - path.data) : path.size;
        segment[(*ret_count)++] = slice_make(path.data, size);
        path = slice_make(path.data + size, path.size - size);
    }
    return true;
}

static struct node *
find_literal(const struct node *node, struct slice text)
{
    struct node *child = node->literals;

    while (child && !slice_equal(child->text, text))
        child = child->next;
    return child;
}

static bool
is_parameter(struct slice segment)
{
    return segment.size > 2 && segment.data[0] == '{' && segment.data[segment.size - 1] == '}';
}

static struct node *
grow(struct arena *arena, struct node *node, struct slice segment)
{
    struct node *child = is_parameter(segment) ? node->parameter : find_literal(node, segment);

    if (child)
        return child;
    child = arena_alloc(arena, sizeof *child);
    if (is_parameter(segment)) {
        node->parameter = child;
    } else {
        child->text = segment;
        child->next = node->literals;
        node->literals = child;
    }
    return child;
}

static void
bind_parameter(struct arena *arena, struct router_entry *entry, struct slice segment)
{
    const char *name = arena_text_slice(arena, slice_make(segment.data + 1, segment.size - 2));
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(entry->route->method->request, name);

    CHECK(field != NULL && entry->n_parameters < ROUTER_PARAMETERS);
    entry->parameter[entry->n_parameters++] = field;
}

static const ProtobufCFieldDescriptor *
typed_field(const ProtobufCMessageDescriptor *message, const char *name, ProtobufCType type)
{
    const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(message, name);

    CHECK(field && field->type == type && field->label != PROTOBUF_C_LABEL_REPEATED);
    return field;
}

static const struct file_fields *
upload_fields(struct arena *arena, const struct route *route)
{
    const ProtobufCMessageDescriptor *request = route->method->request;
    struct file_fields *fields = arena_alloc(arena, sizeof *fields);

    fields->data = typed_field(request, route->upload, PROTOBUF_C_TYPE_BYTES);
    fields->offset = typed_field(request, "offset", PROTOBUF_C_TYPE_INT64);
    fields->last = typed_field(request, "last", PROTOBUF_C_TYPE_BOOL);
    return fields;
}

static const struct file_fields *
download_fields(struct arena *arena, const struct route *route)
{
    const ProtobufCMessageDescriptor *reply = route->method->reply;
    struct file_fields *fields = arena_alloc(arena, sizeof *fields);

    fields->data = typed_field(reply, route->download, PROTOBUF_C_TYPE_BYTES);
    fields->offset = typed_field(route->method->request, "offset", PROTOBUF_C_TYPE_INT64);
    fields->size = typed_field(reply, "size", PROTOBUF_C_TYPE_INT64);
    fields->media_type = typed_field(reply, "media_type", PROTOBUF_C_TYPE_STRING);
    fields->file_name = typed_field(reply, "file_name", PROTOBUF_C_TYPE_STRING);
    return fields;
}

static struct router_entry *
entry_new(struct arena *arena, const struct route *route)
{
    struct router_entry *entry = arena_alloc(arena, sizeof *entry);
    const ProtobufCFieldDescriptor *version =
        protobuf_c_message_descriptor_get_field_by_name(route->method->reply, "version");
    const ProtobufCFieldDescriptor *next_cursor =
        protobuf_c_message_descriptor_get_field_by_name(route->method->reply, "next_cursor");

    entry->route = route;
    if (version && version->type == PROTOBUF_C_TYPE_INT64 && version->label != PROTOBUF_C_LABEL_REPEATED)
        entry->version = version;
    if (next_cursor && next_cursor->type == PROTOBUF_C_TYPE_STRING && next_cursor->label == PROTOBUF_C_LABEL_NONE)
        entry->next_cursor = next_cursor;
    if (route->raw_body)
        entry->raw_body = typed_field(route->method->request, route->raw_body, PROTOBUF_C_TYPE_BYTES);
    if (route->upload)
        entry->upload = upload_fields(arena, route);
    if (route->download)
        entry->download = download_fields(arena, route);
    return entry;
}

static void
add_route(struct arena *arena, struct router *router, const struct route *route)
{
    struct slice segment[ROUTER_SEGMENTS];
    struct router_entry *entry = entry_new(arena, route);
    struct node *node = &router->root;
    size_t count = 0;

    CHECK(split(slice_of(route->path), segment, &count));
    for (size_t i = 0; i < count; i++) {
        node = grow(arena, node, segment[i]);
        if (is_parameter(segment[i]))
            bind_parameter(arena, entry, segment[i]);
    }
    entry->next = node->entries;
    node->entries = entry;
}

struct router *
router_new(struct arena *arena, const struct route *table, size_t count)
{
    struct router *router = arena_alloc(arena, sizeof *router);

    for (size_t i = 0; i < count; i++)
        add_route(arena, router, &table[i]);
    return router;
}

static bool
arrive(struct walk *walk, const struct node *node)
{
    const struct router_entry *entry = node->entries;

    while (entry && !slice_is(walk->verb, entry->route->verb))
        entry = entry->next;
    if (!entry && node->entries && !walk->other_verbs)
        walk->other_verbs = node;
    walk->found = entry;
    return entry != NULL;
}

static bool
descend(struct walk *walk, const struct node *node, size_t depth)
{
    const struct node *literal;
    struct slice segment;

    if (depth == walk->count)
        return arrive(walk, node);
    segment = walk->segment[depth];
    literal = find_literal(node, segment);
    if (literal && descend(walk, literal, depth + 1))
        return true;
    if (!node->parameter || segment.size == 0 || walk->n_values == ROUTER_PARAMETERS)
        return false;
    walk->value[walk->n_values++] = segment;
    if (descend(walk, node->parameter, depth + 1))
        return true;
    walk->n_values--;
    return false;
}

static void
list_verbs(const struct node *node, char ret_allow[ROUTER_ALLOW])
{
    size_t used = 0;

    for (const struct router_entry *entry = node->entries; entry; entry = entry->next) {
        size_t size = strlen(entry->route->verb);

        if (used + size + 3 > ROUTER_ALLOW)
            break;
        if (used)
            used = (size_t)((char *)mempcpy(ret_allow + used, ", ", 2) - ret_allow);
        used = (size_t)((char *)mempcpy(ret_allow + used, entry->route->verb, size) - ret_allow);
    }
    ret_allow[used] = '\0';
}

status_t
router_find(const struct router *router, struct slice verb, struct slice path, struct router_match *ret_match)
{
    struct walk walk = { .verb = verb };

    if (!split(path, walk.segment, &walk.count))
        return status_plain(PROBLEM_NO_ROUTE);
    if (descend(&walk, &router->root, 0)) {
        ret_match->entry = walk.found;
        memcpy(ret_match->value, walk.value, sizeof walk.value);
        return OK;
    }
    if (!walk.other_verbs)
        return status_plain(PROBLEM_NO_ROUTE);
    list_verbs(walk.other_verbs, ret_match->allow);
    return status_plain(PROBLEM_METHOD_NOT_ALLOWED);
}
