/* SPDX-License-Identifier: Apache-2.0 */
/* The gateway's settings: those of every process and its own. */
#ifndef LIANGXIN_GATEWAY_CONFIGURATION_H
#define LIANGXIN_GATEWAY_CONFIGURATION_H

#include "io/settings.h"

struct configuration {
#define SETTING(field, name, kind, fallback, minimum, maximum, prose) setting_type_##kind field;
#include "io/process.def"
#include "gateway/settings.def"
#undef SETTING
};

/* Reads the environment; all faults come back chained. `known` as in settings_load. */
status_t configuration_load(struct arena *arena, char **environment, const char *const *known,
                            struct configuration *ret_configuration);
void configuration_print(struct strbuf *out, struct configuration *configuration);
void configuration_help(struct strbuf *out);

#endif
