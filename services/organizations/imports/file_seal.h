/* SPDX-License-Identifier: Apache-2.0 */
/* Uploaded files hold identity numbers, so their chunks are sealed at rest, each bound to its place. */
#ifndef LIANGXIN_ORGANIZATIONS_IMPORTS_FILE_SEAL_H
#define LIANGXIN_ORGANIZATIONS_IMPORTS_FILE_SEAL_H

#include "base/id.h"
#include "organizations/state.h"

struct slice file_seal(struct arena *arena, const struct organizations_state *state, const struct id *import,
                       int64_t no, struct slice chunk);
/* INTERNAL when the bytes do not open. */
status_t file_open(struct arena *arena, const struct organizations_state *state, const struct id *import, int64_t no,
                   struct slice sealed, struct slice *ret_chunk);

#endif
