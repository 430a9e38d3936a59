/* SPDX-License-Identifier: Apache-2.0 */
/* What the service sets up at start and never changes: its settings and the keys made of them. It is call->state. */
#ifndef LIANGXIN_ORGANIZATIONS_STATE_H
#define LIANGXIN_ORGANIZATIONS_STATE_H

#include "io/seal.h"
#include "io/settings.h"
#include "rpc/file_store.h"

struct organizations_settings {
#define SETTING(field, name, kind, fallback, min, max, prose) setting_type_##kind field;
#include "organizations/settings.def"
#undef SETTING
};

struct organizations_state {
    struct seal_ring identity_ring;
    struct seal_key identity_index;
    struct seal_key actor_seed;
    const struct organizations_settings *settings;
    struct file_purpose uploads[3]; /* what people may put files for; ends with .name == NULL */
    struct file_purpose made[3];    /* what jobs make files for; likewise */
};

/* `settings` is a struct organizations_settings. */
status_t organizations_open(struct arena *arena, void *settings, void **ret_state);

#endif
