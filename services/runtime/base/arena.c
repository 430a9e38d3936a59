/* SPDX-License-Identifier: Apache-2.0 */
/* The region allocator: a chain of blocks, bumped. Owned by one thread at a time; the only file besides strbuf.c that
 * calls malloc. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/check.h"
#include "base/banned.h"

#define BLOCK_SIZE ((size_t)32 * 1024)

struct block {
    struct block *next;
    size_t size;
    size_t used;
    alignas(max_align_t) char data[];
};

struct hook {
    struct hook *next;
    void (*dispose)(void *);
    void *object;
};

struct arena {
    struct block *blocks; /* newest first; the oldest is kept over a reset */
    struct hook *hooks;   /* newest first */
    size_t limit;         /* set at initialization and does not change */
    size_t used;
    bool exhausted;
};

static struct block *
block_new(size_t size)
{
    struct block *block = malloc(sizeof *block + size);

    CHECK(block != NULL);
    *block = (struct block){ .size = size };
    return block;
}

struct arena *
arena_new(size_t limit)
{
    struct arena *arena = calloc(1, sizeof *arena);

    CHECK(arena != NULL);
    arena->limit = limit;
    arena->blocks = block_new(BLOCK_SIZE);
    return arena;
}

static void
run_hooks(struct arena *arena)
{
    for (struct hook *hook = arena->hooks; hook; hook = hook->next)
        hook->dispose(hook->object);
    arena->hooks = NULL;
}

void
arena_reset(struct arena *arena)
{
    run_hooks(arena);
    while (arena->blocks->next) {
        struct block *block = arena->blocks;

        arena->blocks = block->next;
        free(block);
    }
    arena->blocks->used = 0;
    arena->used = 0;
    arena->exhausted = false;
}

void
arena_free(struct arena *arena)
{
    if (!arena)
        return;
    arena_reset(arena);
    free(arena->blocks);
    free(arena);
}

static void *
bump(struct arena *arena, size_t size)
{
    struct block *block = arena->blocks;
    void *memory;

    if (block->size - block->used < size) {
        block = block_new(size > BLOCK_SIZE / 4 ? size : BLOCK_SIZE);
        block->next = arena->blocks;
        arena->blocks = block;
    }
    memory = block->data + block->used;
    block->used += size;
    arena->used += size;
    return memory;
}

static size_t
aligned(size_t size)
{
    const size_t unit = alignof(max_align_t);

    CHECK(size <= SIZE_MAX - unit);
    return (size + unit - 1) / unit * unit;
}

void *
arena_try(struct arena *arena, size_t size)
{
    if (size > arena->limit ||
        aligned(size) > arena->limit - (arena->used < arena->limit ? arena->used : arena->limit)) {
        arena->exhausted = true;
        return NULL;
    }
    return bump(arena, aligned(size));
}

void *
arena_alloc(struct arena *arena, size_t size)
{
    void *memory = arena_try(arena, size);

    if (!memory) {
        CHECK(size <= arena->limit && arena->used + aligned(size) <= 2 * arena->limit);
        memory = bump(arena, aligned(size));
    }
    return memset(memory, 0, size);
}

void *
arena_array(struct arena *arena, size_t count, size_t size)
{
    size_t total;

    CHECK(!__builtin_mul_overflow(count, size, &total));
    return arena_alloc(arena, total);
}

void *
arena_copy(struct arena *arena, const void *data, size_t size)
{
    void *copy = arena_alloc(arena, size ? size : 1);

    if (size)
        memcpy(copy, data, size);
    return copy;
}

char *
arena_text_slice(struct arena *arena, struct slice text)
{
    char *copy = arena_alloc(arena, text.size + 1);

    if (text.size)
        memcpy(copy, text.data, text.size);
    return copy;
}

char *
arena_text(struct arena *arena, const char *text)
{
    return arena_text_slice(arena, slice_of(text));
}

char *
arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_list again;
    int length;
    char *text;

    va_start(args, format);
    va_copy(again, args);
    length = vsnprintf(NULL, 0, format, args);
    CHECK(length >= 0);
    text = arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    va_end(args);
    return text;
}

void
arena_dispose(struct arena *arena, void (*dispose)(void *), void *object)
{
    struct hook *hook = arena_alloc(arena, sizeof *hook);

    *hook = (struct hook){ .next = arena->hooks, .dispose = dispose, .object = object };
    arena->hooks = hook;
}

bool
arena_exhausted(const struct arena *arena)
{
    return arena->exhausted;
}

size_t
arena_used(const struct arena *arena)
{
    return arena->used;
}
