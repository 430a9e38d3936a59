/* SPDX-License-Identifier: Apache-2.0 */
/* Sealing of what identifies a person. Any thread; owns nothing. */
#include "organizations/members/person_seal.h"

#include "base/banned.h"

#define INDEX_LABEL "person|identity"

static struct slice
bound_to(struct arena *arena, const struct id *person, enum person_secret secret)
{
    static const char *const column[] = { [PERSON_IDENTITY] = "identity", [PERSON_TELEPHONE] = "telephone" };
    char id[ID_SIZE];

    id_format(person, id);
    return slice_of(arena_printf(arena, "person|%s|%s", column[secret], id));
}

struct slice
person_seal(struct arena *arena, const struct organizations_state *state, const struct id *person,
            enum person_secret secret, const char *plain)
{
    if (!plain)
        return slice_make(NULL, 0);
    return seal_close(arena, &state->identity_ring, slice_of(plain), bound_to(arena, person, secret));
}

status_t
person_open(struct arena *arena, const struct organizations_state *state, const struct id *person,
            enum person_secret secret, struct slice sealed, const char **ret_plain)
{
    struct slice plain;

    *ret_plain = NULL;
    if (sealed.size == 0)
        return OK;
    if (!seal_open(arena, &state->identity_ring, sealed, bound_to(arena, person, secret), &plain))
        return status_detail(arena, PROBLEM_INTERNAL, "a sealed number does not open with these keys");
    *ret_plain = arena_text_slice(arena, plain);
    return OK;
}

const char *
bytea_text(struct arena *arena, struct slice bytes)
{
    char *text;

    if (bytes.size == 0)
        return NULL;
    text = arena_alloc(arena, bytes.size * 2 + 3);
    memcpy(text, "\\x", 2);
    seal_hex_format((const uint8_t *)bytes.data, bytes.size, text + 2);
    return text;
}

const char *
identity_index_text(struct arena *arena, const struct organizations_state *state, const char *number)
{
    uint8_t index[SEAL_INDEX];

    seal_index(&state->identity_index, INDEX_LABEL, slice_of(number), index);
    return bytea_text(arena, slice_make(index, sizeof index));
}
