/* SPDX-License-Identifier: Apache-2.0 */
/* The table of routes, written. Owns nothing. */
#include "routes.h"

#include "binding.h"
#include "emit.h"

#include "base/banned.h"

static void
route_row(const struct method *method, struct strbuf *out)
{
    const MethodRule *rule = method->rule;

    strbuf_text(out, "    { ");
    emit_text_or_null(out, rule->verb);
    strbuf_text(out, ", ");
    emit_text_or_null(out, rule->path);
    strbuf_printf(out, ", &%s_%s, %u, ", method->package->folder, method->snake, rule->success);
    emit_text_or_null(out, rule->raw_body);
    strbuf_printf(out, ", %s, ", rule->no_store ? "true" : "false");
    emit_text_or_null(out, rule->upload);
    strbuf_text(out, ", ");
    emit_text_or_null(out, rule->download);
    strbuf_printf(out, ", %s },\n", rule->stream ? "true" : "false");
}

void
routes_source(const struct schema *schema, struct strbuf *out)
{
    size_t count;
    struct method **routes = binding_routes(schema, &count);

    emit_banner(out, "all services");
    strbuf_text(out, "#include \"gateway/transcode/route.h\"\n\n");
    for (const struct package *package = schema->packages; package; package = package->next)
        strbuf_printf(out, "#include <%s/%s.facts.h>\n", package->dir, package->folder);
    strbuf_printf(out, "\nconst size_t routes_count = %zu;\n\nconst struct route routes[] = {\n", count);
    for (size_t i = 0; i < count; i++)
        route_row(routes[i], out);
    strbuf_text(out, "};\n");
}
