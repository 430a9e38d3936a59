/* SPDX-License-Identifier: Apache-2.0 */
/* From descriptors to the schema, in two passes: the first makes every type, the second lets fields, methods and
 * imports point at them. One thread; everything belongs to the arena of the schema, the unpacked descriptors too. */
#include "schema.h"

#include "arena_allocator.h"
#include "comments.h"
#include "names.h"
#include "options.h"

#include "base/banned.h"

typedef Google__Protobuf__FileDescriptorProto FileProto;
typedef Google__Protobuf__DescriptorProto MessageProto;
typedef Google__Protobuf__EnumDescriptorProto EnumProto;
typedef Google__Protobuf__FieldDescriptorProto FieldProto;
typedef Google__Protobuf__MethodDescriptorProto MethodProto;

/* Field numbers of descriptor.proto that make up the paths of comments. */
enum {
    FILE_MESSAGE = 4,
    FILE_ENUM = 5,
    FILE_SERVICE = 6,
    MESSAGE_FIELD = 2,
    MESSAGE_NESTED = 3,
    MESSAGE_ENUM = 4,
    ENUM_VALUE = 2,
    SERVICE_METHOD = 2,
};

/* The file being read and the lists' ends. */
struct reader {
    struct schema *schema;
    struct arena *arena;
    const FileProto *file;
    struct package *package;
    struct message **last_message;
    struct enumeration **last_enumeration;
    struct method **last_method;
};

static struct package *
package_find(const struct schema *schema, const char *name)
{
    for (struct package *package = schema->packages; package; package = package->next)
        if (strcmp(package->name, name) == 0)
            return package;
    return NULL;
}

static struct message *
message_find(const struct schema *schema, const char *name)
{
    for (struct message *message = schema->messages; message; message = message->next)
        if (strcmp(message->name, name) == 0)
            return message;
    return NULL;
}

static struct enumeration *
enumeration_find(const struct schema *schema, const char *name)
{
    for (struct enumeration *enumeration = schema->enumerations; enumeration; enumeration = enumeration->next)
        if (strcmp(enumeration->name, name) == 0)
            return enumeration;
    return NULL;
}

static bool
is_kept(const FileProto *file)
{
    static const char ours[] = "liangxin.";
    static const char frames[] = "liangxin.rpc.";

    return file->package && strncmp(file->package, ours, sizeof ours - 1) == 0 &&
           strncmp(file->package, frames, sizeof frames - 1) != 0;
}

static struct package *
package_of_file(struct reader *reader, const FileProto *file)
{
    struct package *package = package_find(reader->schema, file->package);
    struct package **last = &reader->schema->packages;
    struct file **last_file;

    if (!package) {
        package = arena_alloc(reader->arena, sizeof *package);
        package->name = file->package;
        package->folder = names_folder(reader->arena, file->package);
        package->dir = names_dir(reader->arena, file->name);
        while (*last)
            last = &(*last)->next;
        *last = package;
    }
    last_file = &package->files;
    while (*last_file)
        last_file = &(*last_file)->next;
    *last_file = arena_alloc(reader->arena, sizeof **last_file);
    (*last_file)->path = file->name;
    return package;
}

static struct enumeration *
read_enumeration(struct reader *reader, const char *scope, const EnumProto *proto, struct path path)
{
    struct enumeration *enumeration = arena_alloc(reader->arena, sizeof *enumeration);

    enumeration->package = reader->package;
    enumeration->name = arena_printf(reader->arena, "%s.%s", scope, proto->name);
    enumeration->local = enumeration->name + strlen(reader->package->name) + 1;
    enumeration->short_name = names_short(reader->arena, enumeration->local);
    enumeration->place = comments_place(reader->arena, reader->file, path);
    enumeration->count = proto->n_value;
    enumeration->values = arena_array(reader->arena, proto->n_value, sizeof *enumeration->values);
    for (size_t i = 0; i < proto->n_value; i++)
        enumeration->values[i] = (struct enum_value){
            .name = proto->value[i]->name,
            .place = comments_place(reader->arena, reader->file, path_with(path, ENUM_VALUE, i)),
        };
    *reader->last_enumeration = enumeration;
    reader->last_enumeration = &enumeration->next;
    return enumeration;
}

static struct field
read_field(struct reader *reader, const FieldProto *proto, struct path path)
{
    const char *type = proto->type_name;

    return (struct field){
        .name = proto->name,
        .number = proto->number,
        .type = proto->type,
        .type_name = type && *type == '.' ? type + 1 : type,
        .repeated = proto->label == GOOGLE__PROTOBUF__FIELD_DESCRIPTOR_PROTO__LABEL__LABEL_REPEATED,
        .presence = proto->has_oneof_index,
        .proto3_optional = proto->proto3_optional,
        .rule = options_field(reader->arena, proto->options),
        .place = comments_place(reader->arena, reader->file, path),
    };
}

static void
read_message(struct reader *reader, const char *scope, const MessageProto *proto, struct path path)
{
    struct message *message = arena_alloc(reader->arena, sizeof *message);

    message->package = reader->package;
    message->name = arena_printf(reader->arena, "%s.%s", scope, proto->name);
    message->local = message->name + strlen(reader->package->name) + 1;
    message->short_name = names_short(reader->arena, message->local);
    message->map_entry = proto->options && proto->options->map_entry;
    message->place = comments_place(reader->arena, reader->file, path);
    message->count = proto->n_field;
    message->fields = arena_array(reader->arena, proto->n_field, sizeof *message->fields);
    for (size_t i = 0; i < proto->n_field; i++)
        message->fields[i] = read_field(reader, proto->field[i], path_with(path, MESSAGE_FIELD, i));
    *reader->last_message = message;
    reader->last_message = &message->next;

    for (size_t i = 0; i < proto->n_enum_type; i++)
        read_enumeration(reader, message->name, proto->enum_type[i], path_with(path, MESSAGE_ENUM, i));
    for (size_t i = 0; i < proto->n_nested_type; i++)
        read_message(reader, message->name, proto->nested_type[i], path_with(path, MESSAGE_NESTED, i));
}

static void
read_types(struct reader *reader)
{
    const FileProto *file = reader->file;

    for (size_t i = 0; i < file->n_enum_type; i++)
        read_enumeration(reader, file->package, file->enum_type[i], path_with(path_root, FILE_ENUM, i));
    for (size_t i = 0; i < file->n_message_type; i++)
        read_message(reader, file->package, file->message_type[i], path_with(path_root, FILE_MESSAGE, i));
}

static void
read_method(struct reader *reader, const char *service, const MethodProto *proto, struct path path)
{
    struct arena *arena = reader->arena;
    struct method *method = arena_alloc(arena, sizeof *method);

    method->package = reader->package;
    method->service = service;
    method->name = proto->name;
    method->wire = arena_printf(arena, "%s.%s/%s", reader->package->name + strlen("liangxin."), service, proto->name);
    method->snake = names_snake(arena, proto->name);
    method->request = message_find(reader->schema, proto->input_type + 1);
    method->reply = message_find(reader->schema, proto->output_type + 1);
    method->rule = options_method(arena, proto->options);
    method->place = comments_place(arena, reader->file, path);
    *reader->last_method = method;
    reader->last_method = &method->next;
}

static void
read_services(struct reader *reader)
{
    const FileProto *file = reader->file;

    for (size_t i = 0; i < file->n_service; i++) {
        struct path path = path_with(path_root, FILE_SERVICE, i);

        for (size_t k = 0; k < file->service[i]->n_method; k++)
            read_method(reader, file->service[i]->name, file->service[i]->method[k],
                        path_with(path, SERVICE_METHOD, k));
    }
}

static void
add_import(struct reader *reader, const struct package *package)
{
    struct import **last = &reader->package->imports;

    while (*last && (*last)->package != package)
        last = &(*last)->next;
    if (*last || package == reader->package)
        return;
    *last = arena_alloc(reader->arena, sizeof **last);
    (*last)->package = package;
}

static void
read_imports(struct reader *reader)
{
    for (size_t i = 0; i < reader->file->n_dependency; i++)
        for (struct package *package = reader->schema->packages; package; package = package->next)
            for (const struct file *file = package->files; file; file = file->next)
                if (strcmp(file->path, reader->file->dependency[i]) == 0)
                    add_import(reader, package);
}

static void
resolve_fields(struct schema *schema)
{
    for (struct message *message = schema->messages; message; message = message->next)
        for (size_t i = 0; i < message->count; i++) {
            struct field *field = &message->fields[i];

            if (field->type == TYPE(MESSAGE))
                field->message = message_find(schema, field->type_name);
            else if (field->type == TYPE(ENUM))
                field->enumeration = enumeration_find(schema, field->type_name);
        }
}

static void
for_each_file(struct reader *reader, const FileSet *set, void (*visit)(struct reader *))
{
    for (size_t i = 0; i < set->n_file; i++) {
        if (!is_kept(set->file[i]))
            continue;
        reader->file = set->file[i];
        reader->package = package_find(reader->schema, reader->file->package);
        visit(reader);
    }
}

struct schema *
schema_read(struct arena *arena, const void *data, size_t size)
{
    struct schema *schema = arena_alloc(arena, sizeof *schema);
    struct reader reader = { .schema = schema, .arena = arena };
    ProtobufCAllocator allocator = arena_allocator(arena);
    FileSet *set = google__protobuf__file_descriptor_set__unpack(&allocator, size, data);

    if (!set)
        return NULL;
    schema->arena = arena;
    reader.last_message = &schema->messages;
    reader.last_enumeration = &schema->enumerations;
    reader.last_method = &schema->methods;
    for (size_t i = 0; i < set->n_file; i++)
        if (is_kept(set->file[i]))
            package_of_file(&reader, set->file[i]);
    for_each_file(&reader, set, read_types);
    for_each_file(&reader, set, read_services);
    for_each_file(&reader, set, read_imports);
    resolve_fields(schema);
    return schema;
}

const struct field *
message_field(const struct message *message, const char *name)
{
    for (size_t i = 0; i < message->count; i++)
        if (strcmp(message->fields[i].name, name) == 0)
            return &message->fields[i];
    return NULL;
}

bool
package_sees(const struct package *package, const struct package *other)
{
    if (package == other)
        return true;
    for (const struct import *import = package->imports; import; import = import->next)
        if (package_sees(import->package, other))
            return true;
    return false;
}
