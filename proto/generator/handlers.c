/* SPDX-License-Identifier: Apache-2.0 */
/* The header of a service's handlers, written. Owns nothing. */
#include "handlers.h"

#include "emit.h"
#include "names.h"

#include "base/banned.h"

static void
include_lines(const struct schema *schema, const struct package *package, struct strbuf *out)
{
    for (const struct file *file = package->files; file; file = file->next)
        strbuf_printf(out, "#include <%s.pb-c.h>\n", names_stem(schema->arena, file->path));
    for (const struct import *import = package->imports; import; import = import->next)
        strbuf_printf(out, "#include <%s/%s.handlers.h>\n", import->package->dir, import->package->folder);
    strbuf_text(out, "\n#include \"base/arena.h\"\n#include \"base/status.h\"\n\nstruct call;\n\n");
}

static void
type_name(const struct schema *schema, const char *name, const char *short_name, struct strbuf *out)
{
    strbuf_printf(out, "typedef %s %s;\n", names_c_type(schema->arena, name), short_name);
}

static void
short_names(const struct schema *schema, const struct package *package, struct strbuf *out)
{
    for (const struct enumeration *item = schema->enumerations; item; item = item->next)
        if (item->package == package)
            type_name(schema, item->name, item->short_name, out);
    for (const struct message *message = schema->messages; message; message = message->next)
        if (message->package == package)
            type_name(schema, message->name, message->short_name, out);
}

static void
constructor(const struct schema *schema, const struct message *message, struct strbuf *out)
{
    const char *name = message->short_name;

    strbuf_printf(out, "static inline %s *\n%s_new(struct arena *arena)\n{\n", name, names_snake(schema->arena, name));
    strbuf_printf(out, "    %s *message = arena_alloc(arena, sizeof *message);\n\n", name);
    strbuf_printf(out, "    %s__init(message);\n    return message;\n}\n\n",
                  names_c_lower(schema->arena, message->name));
}

static void
handler(const struct method *method, struct strbuf *out)
{
    const char *in = method->request->short_name;
    const char *reply = method->reply->short_name;

    strbuf_printf(out, "status_t handle_%s(struct call *call, const %s *in, %s *out);\n\n", method->snake, in, reply);
    strbuf_printf(out,
                  "static inline status_t\n"
                  "call_%s(struct call *call, const ProtobufCMessage *in, ProtobufCMessage *out)\n"
                  "{\n"
                  "    return handle_%s(call, (const %s *)in, (%s *)out);\n"
                  "}\n\n",
                  method->snake, method->snake, in, reply);
}

void
handlers_header(const struct schema *schema, const struct package *package, struct strbuf *out)
{
    const char *guard = names_upper(schema->arena, package->folder);

    emit_banner(out, package->dir);
    strbuf_printf(out, "#ifndef LIANGXIN_%s_V1_HANDLERS_H\n#define LIANGXIN_%s_V1_HANDLERS_H\n\n", guard, guard);
    include_lines(schema, package, out);
    short_names(schema, package, out);
    strbuf_text(out, "\n/* Constructors: the message lives in the arena. */\n");
    for (const struct message *message = schema->messages; message; message = message->next)
        if (message->package == package)
            constructor(schema, message, out);
    for (const struct method *method = schema->methods; method; method = method->next)
        if (method->package == package)
            handler(method, out);
    strbuf_text(out, "#endif\n");
}
