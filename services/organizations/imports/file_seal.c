/* SPDX-License-Identifier: Apache-2.0 */
/* Sealing of uploaded files. Any thread; owns nothing. */
#include "organizations/imports/file_seal.h"

#include "base/banned.h"

static struct slice
bound_to(struct arena *arena, const struct id *import, int64_t no)
{
    char id[ID_SIZE];

    id_format(import, id);
    return slice_of(arena_printf(arena, "import|chunk|%s|%lld", id, (long long)no));
}

struct slice
file_seal(struct arena *arena, const struct organizations_state *state, const struct id *import, int64_t no,
          struct slice chunk)
{
    return seal_close(arena, &state->identity_ring, chunk, bound_to(arena, import, no));
}

status_t
file_open(struct arena *arena, const struct organizations_state *state, const struct id *import, int64_t no,
          struct slice sealed, struct slice *ret_chunk)
{
    if (seal_open(arena, &state->identity_ring, sealed, bound_to(arena, import, no), ret_chunk))
        return OK;
    return status_detail(arena, PROBLEM_INTERNAL, "a sealed file does not open with these keys");
}
