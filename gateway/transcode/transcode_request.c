/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a request put together: path, query, body. Pure but for the arena. */
#include <strings.h>

#include "base/text.h"
#include "gateway/transcode/field.h"
#include "gateway/transcode/transcode_in.h"
#include "gateway/http/url.h"
#include "rpc/codec.h"
#include "base/banned.h"

#define REPEATED_LIMIT 200 /* values of one repeated parameter */

static status_t
fault(struct arena *arena, status_t plain, const char *name)
{
    struct status *st;

    if (!plain)
        return OK;
    st = arena_copy(arena, plain, sizeof *plain);
    st->pointer = arena_printf(arena, "/%s", name);
    return st;
}

status_t
transcode_path(struct arena *arena, const struct router_match *match, ProtobufCMessage *message)
{
    for (size_t i = 0; i < match->entry->n_parameters; i++) {
        const ProtobufCFieldDescriptor *field = match->entry->parameter[i];
        struct slice text;
        status_t st = status_plain(PROBLEM_BAD_FORMAT);

        if (url_decode(arena, match->value[i], false, &text) && text_is_clean(text) && field_hold(message, field))
            st = field_put_parameter(arena, field, text, field_slot(message, field));
        if (st)
            return fault(arena, st, field->name);
    }
    return OK;
}

/* Appends the values of "a,b" to a repeated field. */
static status_t
put_list(struct arena *arena, const ProtobufCFieldDescriptor *field, struct slice text, ProtobufCMessage *message)
{
    size_t size = codec_item_size(field);
    size_t *count = field_count(message, field);
    char **items = field_slot(message, field);

    if (!*items || *count == 0)
        *items = arena_array(arena, REPEATED_LIMIT, size);
    for (;;) {
        const char *comma = memchr(text.data, ',', text.size);
        size_t length = comma ? (size_t)(comma - text.data) : text.size;
        status_t st;

        if (*count == REPEATED_LIMIT)
            return status_plain(PROBLEM_TOO_MANY);
        st = field_put_parameter(arena, field, slice_make(text.data, length), *items + *count * size);
        if (st)
            return st;
        ++*count;
        if (!comma)
            return OK;
        text = slice_make(comma + 1, text.size - length - 1);
    }
}

/* The fields that a piece of a file has of us and not of the client. */
static bool
is_of_piece(const struct file_fields *fields, const ProtobufCFieldDescriptor *field)
{
    return fields && (field == fields->data || field == fields->offset || field == fields->last);
}

/* What is wrong with naming this field in the query; a field of the path, of the body or with a structure is unknown.
 */
static bool
is_parameter(const struct router_entry *entry, const ProtobufCFieldDescriptor *field)
{
    if (!field || field == entry->raw_body || field->type == PROTOBUF_C_TYPE_MESSAGE)
        return false;
    if (is_of_piece(entry->upload, field) || is_of_piece(entry->download, field))
        return false;
    for (size_t i = 0; i < entry->n_parameters; i++)
        if (entry->parameter[i] == field)
            return false;
    return true;
}

static status_t
put_parameter(struct arena *arena, const struct url_parameter *parameter, const struct router_entry *entry, bool *seen,
              ProtobufCMessage *message)
{
    const char *name = arena_text_slice(arena, parameter->name);
    const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);
    size_t index = field ? (size_t)(field - message->descriptor->fields) : 0;
    bool again;

    if (!is_parameter(entry, field))
        return fault(arena, status_plain(PROBLEM_UNKNOWN_PARAMETER), text_is_clean(parameter->name) ? name : "");
    again = seen[index];
    seen[index] = true;
    if (field->label == PROTOBUF_C_LABEL_REPEATED)
        return fault(arena, put_list(arena, field, parameter->value, message), name);
    if (again || !field_hold(message, field))
        return fault(arena, status_plain(PROBLEM_BAD_VALUE), name);
    return fault(arena, field_put_parameter(arena, field, parameter->value, field_slot(message, field)), name);
}

status_t
transcode_query(struct arena *arena, struct slice query, const struct router_entry *entry, ProtobufCMessage *message)
{
    struct url_parameter list[URL_PARAMETERS];
    size_t count;
    bool *seen;
    status_t st;

    if (query.size == 0)
        return OK;
    seen = arena_array(arena, message->descriptor->n_fields + 1, sizeof *seen);
    st = url_query(arena, query, list, &count);
    for (size_t i = 0; !st && i < count; i++)
        st = put_parameter(arena, &list[i], entry, seen, message);
    return st;
}

/* True when the content type is `wanted`, with or without parameters. */
static bool
is_media(struct slice content_type, const char *wanted)
{
    size_t length = strlen(wanted);

    return content_type.size >= length && strncasecmp(content_type.data, wanted, length) == 0 &&
           (content_type.size == length || content_type.data[length] == ';' || content_type.data[length] == ' ');
}

static status_t
put_raw_body(const struct request *request, const struct router_entry *entry, ProtobufCMessage *message)
{
    ProtobufCBinaryData *bytes = field_slot(message, entry->raw_body);

    if (!is_media(request->content_type, "application/octet-stream") && !is_media(request->content_type, "text/csv"))
        return status_plain(PROBLEM_MEDIA_TYPE);
    field_hold(message, entry->raw_body);
    *bytes = (ProtobufCBinaryData){ .len = request->body.size, .data = (uint8_t *)(uintptr_t)request->body.data };
    return OK;
}

/* A file is typed by its content; a form around it would be taken for a part of it. */
static status_t
put_piece(const struct request *request, const struct file_fields *fields, ProtobufCMessage *message)
{
    ProtobufCBinaryData *bytes = field_slot(message, fields->data);

    if (is_media(request->content_type, "multipart/form-data") ||
        is_media(request->content_type, "application/x-www-form-urlencoded"))
        return status_plain(PROBLEM_MEDIA_TYPE);
    *bytes = (ProtobufCBinaryData){ .len = request->body.size, .data = (uint8_t *)(uintptr_t)request->body.data };
    *(int64_t *)field_slot(message, fields->offset) = request->offset;
    *(protobuf_c_boolean *)field_slot(message, fields->last) = request->last;
    return OK;
}

static status_t
put_body(struct arena *arena, const struct request *request, const struct router_entry *entry,
         ProtobufCMessage *message)
{
    bool is_get = slice_is(request->verb, "GET");
    status_t st = OK;

    if (is_get && request->body.size)
        return status_detail(arena, PROBLEM_MALFORMED, "a GET has no body");
    if (is_get || entry->raw_body || entry->upload)
        st = transcode_query(arena, request->query, entry, message);
    else if (request->query.size)
        st = status_detail(arena, PROBLEM_UNKNOWN_PARAMETER, "this request takes no query");
    if (!st && entry->download)
        *(int64_t *)field_slot(message, entry->download->offset) = request->offset;
    if (st || is_get)
        return st;
    if (entry->upload)
        return put_piece(request, entry->upload, message);
    if (entry->raw_body)
        return put_raw_body(request, entry, message);
    if (request->body.size && !is_media(request->content_type, "application/json"))
        return status_plain(PROBLEM_MEDIA_TYPE);
    return transcode_json(arena, request->body, entry, message);
}

status_t
transcode_request(struct arena *arena, const struct request *request, const struct router_match *match,
                  ProtobufCMessage **ret_message)
{
    const struct rpc_method *method = match->entry->route->method;
    ProtobufCMessage *message = codec_new(arena, method->request);
    status_t st = transcode_path(arena, match, message);

    if (!st)
        st = put_body(arena, request, match->entry, message);
    if (!st)
        st = codec_check(arena, method, message);
    *ret_message = message;
    return st;
}
