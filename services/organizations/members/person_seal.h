/* SPDX-License-Identifier: Apache-2.0 */
/* Identity and telephone numbers of persons: sealed at rest, each bound to its own row; found by a keyed index. */
#ifndef LIANGXIN_ORGANIZATIONS_MEMBERS_PERSON_SEAL_H
#define LIANGXIN_ORGANIZATIONS_MEMBERS_PERSON_SEAL_H

#include "base/id.h"
#include "organizations/state.h"

enum person_secret { PERSON_IDENTITY, PERSON_TELEPHONE };

struct slice person_seal(struct arena *arena, const struct organizations_state *state, const struct id *person,
                         enum person_secret secret, const char *plain);
/* INTERNAL when the bytes do not open: another row's, another key's. No bytes give NULL. */
status_t person_open(struct arena *arena, const struct organizations_state *state, const struct id *person,
                     enum person_secret secret, struct slice sealed, const char **ret_plain);
/* Bytes as PostgreSQL reads them: "\x" and hex digits. Empty bytes give NULL. */
const char *bytea_text(struct arena *arena, struct slice bytes);
/* The look-up value of an identity number, as bytea text. */
const char *identity_index_text(struct arena *arena, const struct organizations_state *state, const char *number);

#endif
