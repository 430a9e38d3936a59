/* SPDX-License-Identifier: Apache-2.0 */
/* Line and comment of a declaration. protoc names a declaration by its path of field numbers and indexes through
 * FileDescriptorProto ("4, 2, 2, 0": third message, first field). */
#ifndef LIANGXIN_GENERATOR_COMMENTS_H
#define LIANGXIN_GENERATOR_COMMENTS_H

#include <stddef.h>
#include <stdint.h>

#include "schema.h"

#define PATH_LENGTH 16

struct path {
    int32_t step[PATH_LENGTH];
    size_t length;
};

extern const struct path path_root;

/* `path` continued by a field number and an index. */
struct path path_with(struct path path, int32_t number, size_t index);

/* The comment above the declaration, else the one behind it: lines trimmed and joined, paragraphs kept. */
struct place comments_place(struct arena *arena, const Google__Protobuf__FileDescriptorProto *file, struct path path);

#endif
