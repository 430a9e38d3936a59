/* SPDX-License-Identifier: Apache-2.0 */
/* A region: many allocations, one release. Each lifetime (process, connection, request) has its own.
 *
 * Limit. `arena_alloc` never returns NULL. Past the limit the arena turns `exhausted` (sticky until reset) and goes on
 * from an overdraft of the same size, so that ordinary code need not test each allocation; whoever owns the arena asks
 * `arena_exhausted` once at the end and refuses. Code that allocates what a stranger asked for uses `arena_try`, which
 * returns NULL at the limit. Passing the overdraft, or no memory at all, ends the process: the supervisor restarts it.
 *
 * Not thread safe: an arena belongs to one thread at a time. */
#ifndef LIANGXIN_BASE_ARENA_H
#define LIANGXIN_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

struct arena;

/* A new arena that refuses past `limit` bytes. Free with arena_free. */
struct arena *arena_new(size_t limit);
/* Runs the dispose hooks, latest first, and frees everything. Accepts NULL. */
void arena_free(struct arena *arena);
/* Runs the dispose hooks and keeps one block for the next turn. */
void arena_reset(struct arena *arena);

/* Zeroed memory, aligned for any object. */
void *arena_alloc(struct arena *arena, size_t size);
/* Zeroed array; `count * size` is checked for overflow. */
void *arena_array(struct arena *arena, size_t count, size_t size);
/* As arena_alloc, but NULL (and exhausted) past the limit. The memory is not zeroed. */
void *arena_try(struct arena *arena, size_t size);

char *arena_text(struct arena *arena, const char *text);
char *arena_text_slice(struct arena *arena, struct slice text);
void *arena_copy(struct arena *arena, const void *data, size_t size);
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Calls dispose(object) at the next reset or at the end: for what is not memory (a result set, a file). */
void arena_dispose(struct arena *arena, void (*dispose)(void *), void *object);

bool arena_exhausted(const struct arena *arena);
/* Bytes handed out since the last reset. */
size_t arena_used(const struct arena *arena);

#endif
