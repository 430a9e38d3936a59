/* SPDX-License-Identifier: Apache-2.0 */
/* Method facts and field rules, written as C tables. Owns nothing. */
#include "facts.h"

#include <inttypes.h>

#include "bounds.h"
#include "emit.h"
#include "names.h"

#include "base/check.h"
#include "base/banned.h"

static const char *
effect_name(const MethodRule *rule)
{
    switch (rule->effect) {
    case LIANGXIN__RPC__V1__EFFECT__EFFECT_PURE:
        return "METHOD_PURE";
    case LIANGXIN__RPC__V1__EFFECT__EFFECT_READ:
        return "METHOD_READ";
    case LIANGXIN__RPC__V1__EFFECT__EFFECT_COMMAND:
        return "METHOD_COMMAND";
    case LIANGXIN__RPC__V1__EFFECT__EFFECT_APPLY:
        return "METHOD_APPLY";
    default:
        UNREACHABLE("check_methods refuses other effects");
    }
}

void
facts_header(const struct schema *schema, const struct package *package, struct strbuf *out)
{
    const char *guard = names_upper(schema->arena, package->folder);

    emit_banner(out, package->dir);
    strbuf_printf(out, "#ifndef LIANGXIN_%s_V1_FACTS_H\n#define LIANGXIN_%s_V1_FACTS_H\n\n", guard, guard);
    strbuf_text(out, "#include \"rpc/method.h\"\n\n");
    strbuf_printf(out, "extern const struct message_rules %s_rules[];\n\n", package->folder);
    for (const struct method *method = schema->methods; method; method = method->next)
        if (method->package == package)
            strbuf_printf(out, "extern const struct rpc_method %s_%s;\n", package->folder, method->snake);
    strbuf_text(out, "\n#endif\n");
}

static bool
has_rules(const struct message *message)
{
    for (size_t i = 0; i < message->count; i++)
        if (message->fields[i].rule)
            return true;
    return false;
}

/* Requests may hold messages of imported packages: their rules belong into the table, too. */
static bool
is_listed(const struct package *package, const struct message *message)
{
    return has_rules(message) && package_sees(package, message->package);
}

static const char *
rules_name(struct arena *arena, const struct message *message)
{
    return arena_printf(arena, "%s_%s_rules", message->package->folder, names_snake(arena, message->short_name));
}

static void
field_row(const struct field *field, struct strbuf *out)
{
    const FieldRule *rule = field->rule;
    struct bounds bounds = bounds_of(field);

    strbuf_text(out, "    { .field = ");
    emit_text_or_null(out, field->name);
    strbuf_printf(out, ", .required = %s, .min_length = %u, .max_length = %u, .max_items = %u, .format = ",
                  rule->required ? "true" : "false", rule->min_length, rule->max_length, rule->max_items);
    emit_text_or_null(out, rule->format);
    strbuf_printf(out, ",\n      .bounded = %s, .minimum = INT64_C(%" PRId64 "), .maximum = INT64_C(%" PRId64 ") },\n",
                  bounds.stated ? "true" : "false", bounds.stated ? bounds.minimum : 0,
                  bounds.stated ? bounds.maximum : 0);
}

static void
message_table(const struct schema *schema, const struct message *message, struct strbuf *out)
{
    strbuf_printf(out, "static const struct field_rule %s[] = {\n", rules_name(schema->arena, message));
    for (size_t i = 0; i < message->count; i++)
        if (message->fields[i].rule)
            field_row(&message->fields[i], out);
    strbuf_text(out, "};\n\n");
}

static void
rules_table(const struct schema *schema, const struct package *package, struct strbuf *out)
{
    strbuf_printf(out, "const struct message_rules %s_rules[] = {\n", package->folder);
    for (const struct message *message = schema->messages; message; message = message->next) {
        const char *rules = rules_name(schema->arena, message);

        if (is_listed(package, message))
            strbuf_printf(out, "    { &%s__descriptor, %s, sizeof %s / sizeof %s[0] },\n",
                          names_c_lower(schema->arena, message->name), rules, rules, rules);
    }
    strbuf_text(out, "    { NULL, NULL, 0 },\n};\n\n");
}

static void
callers_table(const struct method *method, struct strbuf *out)
{
    const MethodRule *rule = method->rule;

    if (!rule->n_callers)
        return;
    strbuf_printf(out, "static const char *const %s_callers[] = { ", method->snake);
    for (size_t i = 0; i < rule->n_callers; i++) {
        emit_text(out, slice_of(rule->callers[i]));
        strbuf_text(out, ", ");
    }
    strbuf_text(out, "NULL };\n\n");
}

static void
method_row(const struct schema *schema, const struct method *method, struct strbuf *out)
{
    const MethodRule *rule = method->rule;
    const char *folder = method->package->folder;

    callers_table(method, out);
    strbuf_printf(out, "const struct rpc_method %s_%s = {\n    .name = ", folder, method->snake);
    emit_text_or_null(out, method->wire);
    strbuf_printf(out, ",\n    .service = \"%s\",\n    .permission = ", folder);
    emit_text_or_null(out, rule->permission);
    strbuf_printf(out, ",\n    .effect = %s,\n    .budget_ms = %u,\n", effect_name(rule), rule->budget_ms);
    strbuf_printf(out, "    .open = %s,\n    .if_match = %s,\n", rule->open ? "true" : "false",
                  rule->if_match ? "true" : "false");
    if (rule->n_callers)
        strbuf_printf(out, "    .callers = %s_callers,\n", method->snake);
    strbuf_printf(out, "    .request = &%s__descriptor,\n", names_c_lower(schema->arena, method->request->name));
    strbuf_printf(out, "    .reply = &%s__descriptor,\n", names_c_lower(schema->arena, method->reply->name));
    strbuf_printf(out, "    .rules = %s_rules,\n};\n\n", folder);
}

static void
include_types(const struct schema *schema, const struct package *package, struct strbuf *out)
{
    for (const struct file *file = package->files; file; file = file->next)
        strbuf_printf(out, "#include <%s.pb-c.h>\n", names_stem(schema->arena, file->path));
}

void
facts_source(const struct schema *schema, const struct package *package, struct strbuf *out)
{
    emit_banner(out, package->dir);
    strbuf_printf(out, "#include <%s/%s.facts.h>\n\n", package->dir, package->folder);
    for (const struct package *other = schema->packages; other; other = other->next)
        if (package_sees(package, other))
            include_types(schema, other, out);
    strbuf_char(out, '\n');
    for (const struct message *message = schema->messages; message; message = message->next)
        if (is_listed(package, message))
            message_table(schema, message, out);
    rules_table(schema, package, out);
    for (const struct method *method = schema->methods; method; method = method->next)
        if (method->package == package)
            method_row(schema, method, out);
}
