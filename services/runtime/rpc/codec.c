/* SPDX-License-Identifier: Apache-2.0 */
/* protobuf-c in an arena, and field rules held against messages. Pure but for the arena. */
#include "rpc/codec.h"

#include "base/date.h"
#include "base/id.h"
#include "base/text.h"
#include "rpc/wire.h"
#include "base/banned.h"

static void *
arena_allocate(void *context, size_t size)
{
    return arena_try(context, size);
}

static void
arena_leave(void *context, void *memory)
{
    (void)context;
    (void)memory;
}

ProtobufCMessage *
codec_new(struct arena *arena, const ProtobufCMessageDescriptor *descriptor)
{
    ProtobufCMessage *message = arena_alloc(arena, descriptor->sizeof_message);

    protobuf_c_message_init(descriptor, message);
    return message;
}

struct slice
codec_pack(struct arena *arena, const ProtobufCMessage *message)
{
    size_t size = protobuf_c_message_get_packed_size(message);
    uint8_t *bytes = arena_alloc(arena, size ? size : 1);

    return slice_make(bytes, protobuf_c_message_pack(message, bytes));
}

status_t
codec_unpack(struct arena *arena, const ProtobufCMessageDescriptor *descriptor, struct slice bytes,
             ProtobufCMessage **ret_message)
{
    ProtobufCAllocator allocator = { .alloc = arena_allocate, .free = arena_leave, .allocator_data = arena };
    status_t st = wire_scan(arena, descriptor, bytes, &wire_limits_default);

    if (st)
        return st;
    *ret_message = protobuf_c_message_unpack(descriptor, &allocator, bytes.size, (const uint8_t *)bytes.data);
    if (!*ret_message)
        return status_plain(arena_exhausted(arena) ? PROBLEM_EXHAUSTED : PROBLEM_MALFORMED);
    return OK;
}

size_t
codec_item_size(const ProtobufCFieldDescriptor *field)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_MESSAGE:
        return sizeof(void *);
    case PROTOBUF_C_TYPE_BYTES:
        return sizeof(ProtobufCBinaryData);
    case PROTOBUF_C_TYPE_BOOL:
        return sizeof(protobuf_c_boolean);
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_SINT64:
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64:
    case PROTOBUF_C_TYPE_SFIXED64:
    case PROTOBUF_C_TYPE_DOUBLE:
        return sizeof(int64_t);
    default:
        return sizeof(int32_t);
    }
}

static bool
is_uuid(struct slice text)
{
    struct id id;

    return id_parse(text, &id);
}

static bool
is_date(struct slice text)
{
    date_t date;

    return date_parse(text, &date);
}

static bool
is_month(struct slice text)
{
    month_t month;

    return month_parse(text, &month);
}

/* 区划代码: 6 digits for a district, 9 for a street. */
static bool
is_region(struct slice text)
{
    return text_is_digits(text) && (text.size == 6 || text.size == 9);
}

static bool
is_code(struct slice text)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];

        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-'))
            return false;
    }
    return text.size > 0;
}

static const struct {
    const char *name;
    bool (*fits)(struct slice text);
} formats[] = {
    { "uuid", is_uuid },     { "date", is_date }, { "month", is_month },
    { "region", is_region }, { "code", is_code }, { "token", is_code },
};

bool
codec_format_fits(const char *format, struct slice text)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, format) == 0)
            return formats[i].fits(text);
    return true;
}

/* Where in the request we are, for JSON pointers. */
struct place {
    const struct place *outer;
    const char *field;
    long index; /* of a repeated field, or -1 */
};

struct check {
    struct arena *arena;
    const struct rpc_method *method;
    int faults; /* told so far; a hostile message has no end of them */
};

#define FAULTS_MOST 50

static const char *
pointer_of(struct arena *arena, const struct place *place)
{
    const char *outer;

    if (!place)
        return "";
    outer = pointer_of(arena, place->outer);
    return place->index < 0 ? arena_printf(arena, "%s/%s", outer, place->field)
                            : arena_printf(arena, "%s/%s/%ld", outer, place->field, place->index);
}

static status_t
fault(struct check *check, enum problem_name name, const struct place *place)
{
    if (++check->faults > FAULTS_MOST)
        return OK;
    return status_field(check->arena, name, pointer_of(check->arena, place));
}

static status_t
check_text(struct check *check, const struct field_rule *rule, struct slice text, const struct place *place)
{
    size_t length = text_length(text);

    if (text.size == 0)
        return rule->required ? fault(check, PROBLEM_REQUIRED, place) : OK;
    if (rule->max_length && length > rule->max_length)
        return fault(check, PROBLEM_TOO_LONG, place);
    if (length < rule->min_length)
        return fault(check, PROBLEM_TOO_SHORT, place);
    if (rule->format && !codec_format_fits(rule->format, text))
        return fault(check, PROBLEM_BAD_FORMAT, place);
    return OK;
}

static status_t
check_number(struct check *check, const struct field_rule *rule, int64_t number, const struct place *place)
{
    if (rule->bounded && (number < rule->minimum || number > rule->maximum))
        return fault(check, PROBLEM_OUT_OF_RANGE, place);
    return rule->required && number == 0 ? fault(check, PROBLEM_REQUIRED, place) : OK;
}

static status_t
check_scalar(struct check *check, const ProtobufCFieldDescriptor *field, const struct field_rule *rule,
             const void *value, const struct place *place)
{
    const ProtobufCBinaryData *bytes = value;

    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING:
        return check_text(check, rule, slice_of(*(const char *const *)value), place);
    case PROTOBUF_C_TYPE_BYTES:
        if (bytes->len == 0)
            return rule->required ? fault(check, PROBLEM_REQUIRED, place) : OK;
        return rule->max_length && bytes->len > rule->max_length ? fault(check, PROBLEM_TOO_LARGE, place) : OK;
    case PROTOBUF_C_TYPE_ENUM:
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_SINT32:
        return check_number(check, rule, *(const int32_t *)value, place);
    case PROTOBUF_C_TYPE_UINT32:
        return check_number(check, rule, *(const uint32_t *)value, place);
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_SINT64:
        return check_number(check, rule, *(const int64_t *)value, place);
    default:
        return OK;
    }
}

static const struct field_rule *
find_rule(struct check *check, const ProtobufCMessageDescriptor *message, const char *field)
{
    for (const struct message_rules *rules = check->method->rules; rules && rules->message; rules++) {
        if (rules->message != message)
            continue;
        for (size_t i = 0; i < rules->count; i++)
            if (strcmp(rules->rules[i].field, field) == 0)
                return &rules->rules[i];
    }
    return NULL;
}

static status_t check_message(struct check *check, const ProtobufCMessage *message, const struct place *outer);

static status_t
check_one(struct check *check, const ProtobufCFieldDescriptor *field, const struct field_rule *rule, const void *value,
          const struct place *place)
{
    const ProtobufCMessage *nested;

    if (field->type != PROTOBUF_C_TYPE_MESSAGE)
        return rule ? check_scalar(check, field, rule, value, place) : OK;
    nested = *(const ProtobufCMessage *const *)value;
    if (!nested)
        return rule && rule->required ? fault(check, PROBLEM_REQUIRED, place) : OK;
    return check_message(check, nested, place);
}

static status_t
check_repeated(struct check *check, const ProtobufCFieldDescriptor *field, const struct field_rule *rule,
               const ProtobufCMessage *message, const struct place *outer)
{
    size_t count = *(const size_t *)((const char *)message + field->quantifier_offset);
    const char *items = *(const char *const *)((const char *)message + field->offset);
    struct place place = { .outer = outer, .field = field->name, .index = -1 };
    status_t all = OK;

    if (rule && rule->required && count == 0)
        return fault(check, PROBLEM_REQUIRED, &place);
    if (rule && rule->max_items && count > rule->max_items)
        return fault(check, PROBLEM_TOO_MANY, &place);
    for (size_t i = 0; i < count && check->faults < FAULTS_MOST; i++) {
        place.index = (long)i;
        all = status_join(check->arena, all, check_one(check, field, rule, items + i * codec_item_size(field), &place));
    }
    return all;
}

static bool
is_absent(const ProtobufCFieldDescriptor *field, const ProtobufCMessage *message)
{
    return (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) &&
           *(const uint32_t *)((const char *)message + field->quantifier_offset) != field->id;
}

static status_t
check_field(struct check *check, const ProtobufCFieldDescriptor *field, const ProtobufCMessage *message,
            const struct place *outer)
{
    const struct field_rule *rule = find_rule(check, message->descriptor, field->name);
    struct place place = { .outer = outer, .field = field->name, .index = -1 };

    if (field->label == PROTOBUF_C_LABEL_REPEATED)
        return check_repeated(check, field, rule, message, outer);
    if (is_absent(field, message))
        return rule && rule->required ? fault(check, PROBLEM_REQUIRED, &place) : OK;
    return check_one(check, field, rule, (const char *)message + field->offset, &place);
}

static status_t
check_message(struct check *check, const ProtobufCMessage *message, const struct place *outer)
{
    status_t all = OK;

    for (unsigned i = 0; i < message->descriptor->n_fields; i++)
        all = status_join(check->arena, all, check_field(check, &message->descriptor->fields[i], message, outer));
    return all;
}

status_t
codec_check(struct arena *arena, const struct rpc_method *method, const ProtobufCMessage *message)
{
    struct check check = { .arena = arena, .method = method };

    return check_message(&check, message, NULL);
}
