/* SPDX-License-Identifier: Apache-2.0 */
/* protobuf-c takes its memory from an arena: free does nothing, the arena's end frees all. */
#ifndef LIANGXIN_GENERATOR_ARENA_ALLOCATOR_H
#define LIANGXIN_GENERATOR_ARENA_ALLOCATOR_H

#include <protobuf-c/protobuf-c.h>

#include "base/arena.h"

static inline void *
arena_allocator_take(void *arena, size_t size)
{
    return arena_alloc(arena, size);
}

static inline void
arena_allocator_leave(void *arena, void *memory)
{
    (void)arena;
    (void)memory;
}

static inline ProtobufCAllocator
arena_allocator(struct arena *arena)
{
    return (ProtobufCAllocator){
        .alloc = arena_allocator_take,
        .free = arena_allocator_leave,
        .allocator_data = arena,
    };
}

#endif
