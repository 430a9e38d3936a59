/* SPDX-License-Identifier: Apache-2.0 */
/* Comments from SourceCodeInfo. Pure but for the arena, which owns the texts. */
#include "comments.h"

#include "base/check.h"
#include "base/text.h"
#include "base/banned.h"

typedef Google__Protobuf__SourceCodeInfo__Location Location;

const struct path path_root;

struct path
path_with(struct path path, int32_t number, size_t index)
{
    CHECK(path.length + 2 <= PATH_LENGTH);
    path.step[path.length++] = number;
    path.step[path.length++] = (int32_t)index;
    return path;
}

static const Location *
location_find(const Google__Protobuf__SourceCodeInfo *info, const struct path *path)
{
    for (size_t i = 0; info && i < info->n_location; i++) {
        const Location *location = info->location[i];

        if (location->n_path == path->length &&
            memcmp(location->path, path->step, path->length * sizeof path->step[0]) == 0)
            return location;
    }
    return NULL;
}

/* Lines become one line; an empty line stays a break. */
static const char *
comment_text(struct arena *arena, const char *raw)
{
    char *text = arena_alloc(arena, strlen(raw) + 1);
    size_t size = 0;
    bool broken = false;

    while (*raw) {
        size_t length = strcspn(raw, "\n");
        struct slice line = text_trim(slice_make(raw, length));

        if (size && line.size)
            text[size++] = broken ? '\n' : ' ';
        memcpy(text + size, line.data, line.size);
        size += line.size;
        broken = line.size == 0;
        raw += length + (raw[length] == '\n');
    }
    text[size] = '\0';
    return text;
}

static const char *
comment_of(struct arena *arena, const Location *location)
{
    if (location->leading_comments)
        return comment_text(arena, location->leading_comments);
    if (location->trailing_comments)
        return comment_text(arena, location->trailing_comments);
    return "";
}

struct place
comments_place(struct arena *arena, const Google__Protobuf__FileDescriptorProto *file, struct path path)
{
    const Location *location = location_find(file->source_code_info, &path);

    if (!location)
        return (struct place){ .file = file->name, .comment = "" };
    return (struct place){
        .file = file->name,
        .line = location->n_span ? location->span[0] + 1 : 0,
        .comment = comment_of(arena, location),
    };
}
