/* SPDX-License-Identifier: Apache-2.0 */
/* Keys out of settings. Main thread at start. */
#include "organizations/state.h"

#include "organizations/coverage/recount.h"
#include "organizations/files/purposes.h"
#include "base/banned.h"

static status_t
read_ring(struct arena *arena, const char *text, const char *name, struct seal_ring *ret_ring)
{
    if (seal_ring_parse(text, ret_ring))
        return OK;
    return status_detail(arena, PROBLEM_BAD_FORMAT, "%s: 64 hex digits a line", name);
}

static status_t
read_key(struct arena *arena, const char *text, const char *name, struct seal_key *ret_key)
{
    if (seal_hex_parse(slice_of(text), ret_key->bytes, SEAL_KEY))
        return OK;
    return status_detail(arena, PROBLEM_BAD_FORMAT, "%s: 64 hex digits", name);
}

status_t
organizations_open(struct arena *arena, void *settings, void **ret_state)
{
    const struct organizations_settings *values = settings;
    struct organizations_state *state = arena_alloc(arena, sizeof *state);
    status_t faults = OK;

    state->settings = values;
    purposes_open(state);
    coverage_recount_metrics();
    faults = status_join(arena, faults,
                         read_ring(arena, values->identity_key, "LIANGXIN_IDENTITY_KEY_FILE", &state->identity_ring));
    faults = status_join(
        arena, faults, read_key(arena, values->identity_index, "LIANGXIN_IDENTITY_INDEX_FILE", &state->identity_index));
    faults = status_join(arena, faults,
                         read_key(arena, values->actor_secret, "LIANGXIN_ACTOR_SECRET_FILE", &state->actor_seed));
    *ret_state = state;
    return faults;
}
