/* SPDX-License-Identifier: Apache-2.0 */
/* The table of the gateway's settings, made from the .def files. Main thread at start. */
#include "gateway/configuration.h"

#include "base/banned.h"

static const struct setting table[] = {
#define SETTING(field, name, kind, fallback, minimum, maximum, prose)                                                  \
    SETTING_ROW(struct configuration, field, name, kind, fallback, minimum, maximum, prose)
#include "io/process.def"
#include "gateway/settings.def"
#undef SETTING
};

static struct settings_part
part_of(struct configuration *configuration)
{
    return (struct settings_part){ .table = table, .count = sizeof table / sizeof *table, .values = configuration };
}

status_t
configuration_load(struct arena *arena, char **environment, const char *const *known,
                   struct configuration *ret_configuration)
{
    struct settings_part part = part_of(ret_configuration);

    return settings_load(arena, environment, known, &part, 1);
}

void
configuration_print(struct strbuf *out, struct configuration *configuration)
{
    struct settings_part part = part_of(configuration);

    settings_print(out, &part, 1);
}

void
configuration_help(struct strbuf *out)
{
    struct settings_part part = part_of(NULL);

    settings_help(out, &part, 1);
}
