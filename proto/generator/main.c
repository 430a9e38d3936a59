/* SPDX-License-Identifier: Apache-2.0 */
/* liangxin-proto SET DIR: reads a descriptor set, checks it and writes the generated code into DIR. Exit status 0 when
 * all is written, 1 with one line for each fault on stderr, 2 when called wrongly. */
#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "emit.h"
#include "facts.h"
#include "handlers.h"
#include "openapi.h"
#include "operations.h"
#include "routes.h"

#include "base/banned.h"

#define MEMORY_LIMIT ((size_t)256 * 1024 * 1024)
#define OUTPUT_LIMIT ((size_t)32 * 1024 * 1024)

/* Files that exist once for each package, and their writers. */
static const struct package_output {
    const char *suffix;
    void (*write)(const struct schema *schema, const struct package *package, struct strbuf *out);
} package_outputs[] = {
    { "facts.h", facts_header },
    { "facts.c", facts_source },
    { "handlers.h", handlers_header },
};

/* Files that exist once. */
static const struct output {
    const char *path;
    void (*write)(const struct schema *schema, struct strbuf *out);
} outputs[] = {
    { "routes.c", routes_source },
    { "openapi.json", openapi_json },
    { "openapi.c", openapi_source },
    { "operations.json", operations_json },
};

static bool
read_file(const char *path, struct strbuf *ret_content)
{
    char chunk[65536];
    FILE *file = fopen(path, "rb");
    size_t size;
    bool failed;

    if (!file)
        return false;
    while ((size = fread(chunk, 1, sizeof chunk, file)) > 0)
        strbuf_add(ret_content, chunk, size);
    failed = ferror(file) || ret_content->failed;
    fclose(file);
    return !failed;
}

static bool
is_sound(const struct schema *schema)
{
    struct findings findings;
    bool sound;

    findings_init(&findings);
    check_types(schema, &findings);
    check_methods(schema, &findings);
    if (findings.count)
        fputs(findings.text.data, stderr);
    sound = findings.count == 0;
    findings_done(&findings);
    return sound;
}

static bool
write_package(const struct schema *schema, const struct package *package, const char *dir, struct strbuf *buf)
{
    bool written = true;

    for (size_t i = 0; i < sizeof package_outputs / sizeof package_outputs[0]; i++) {
        const char *path =
            arena_printf(schema->arena, "%s/%s.%s", package->dir, package->folder, package_outputs[i].suffix);

        strbuf_reset(buf);
        package_outputs[i].write(schema, package, buf);
        written = emit_file(dir, path, buf) && written;
    }
    return written;
}

static bool
write_all(const struct schema *schema, const char *dir)
{
    struct strbuf buf;
    bool written = true;

    strbuf_init(&buf, OUTPUT_LIMIT);
    for (const struct package *package = schema->packages; package; package = package->next)
        written = write_package(schema, package, dir, &buf) && written;
    for (size_t i = 0; i < sizeof outputs / sizeof outputs[0]; i++) {
        strbuf_reset(&buf);
        outputs[i].write(schema, &buf);
        written = emit_file(dir, outputs[i].path, &buf) && written;
    }
    strbuf_done(&buf);
    return written;
}

static bool
generate(struct arena *arena, const char *set, const char *dir)
{
    struct strbuf bytes;
    const struct schema *schema = NULL;

    strbuf_init(&bytes, OUTPUT_LIMIT);
    if (read_file(set, &bytes))
        schema = schema_read(arena, bytes.data, bytes.size);
    strbuf_done(&bytes);
    if (!schema) {
        fprintf(stderr, "liangxin-proto: %s is no descriptor set\n", set);
        return false;
    }
    return is_sound(schema) && write_all(schema, dir);
}

int
main(int argc, char **argv)
{
    struct arena *arena;
    bool done;

    if (argc != 3) {
        fprintf(stderr, "usage: liangxin-proto DESCRIPTOR-SET OUTPUT-FOLDER\n");
        return 2;
    }
    arena = arena_new(MEMORY_LIMIT);
    done = generate(arena, argv[1], argv[2]);
    arena_free(arena);
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
