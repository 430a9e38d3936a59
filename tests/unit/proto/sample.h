/* SPDX-License-Identifier: Apache-2.0 */
/* The sample descriptor sets that the build makes of good/ and bad/. */
#ifndef LIANGXIN_TESTS_PROTO_SAMPLE_H
#define LIANGXIN_TESTS_PROTO_SAMPLE_H

#include <stdio.h>

#include "schema.h"

enum { SAMPLE_LIMIT = 1024 * 1024 };

/* The schema of SAMPLE_DIR/<name>.set, or NULL when it cannot be read. */
static inline struct schema *
sample_schema(struct arena *arena, const char *name)
{
    char *bytes = arena_alloc(arena, SAMPLE_LIMIT);
    FILE *file = fopen(arena_printf(arena, SAMPLE_DIR "/%s.set", name), "rb");
    size_t size;

    if (!file)
        return NULL;
    size = fread(bytes, 1, SAMPLE_LIMIT, file);
    fclose(file);
    return schema_read(arena, bytes, size);
}

#endif
