/* SPDX-License-Identifier: Apache-2.0 */
/* The settings tables of a service process, put together. Main thread at start. */
#include "daemon/process_settings.h"

#include "io/known_settings.h"
#include "base/banned.h"

#define SETTING(...) SETTING_ROW(struct process_rows, __VA_ARGS__)
static const struct setting process_table[] = {
#include "io/process.def"
};
#undef SETTING

#define SETTING(...) SETTING_ROW(struct service_settings, __VA_ARGS__)
static const struct setting service_table[] = {
#include "daemon/service.def"
};
#undef SETTING

size_t
process_settings_parts(const struct service *service, struct process_settings *settings,
                       struct settings_part ret_parts[PROCESS_PARTS])
{
    ret_parts[0] = (struct settings_part){ process_table, sizeof process_table / sizeof *process_table,
                                           settings ? &settings->process : NULL };
    ret_parts[1] = (struct settings_part){ service_table, sizeof service_table / sizeof *service_table,
                                           settings ? &settings->service : NULL };
    ret_parts[2] = (struct settings_part){ service->settings, service->n_settings, service->settings_values };
    return service->settings ? 3 : 2;
}

status_t
process_settings_load(struct arena *arena, char **environment, const struct service *service,
                      struct process_settings *ret_settings)
{
    struct settings_part parts[PROCESS_PARTS];
    size_t n = process_settings_parts(service, ret_settings, parts);

    return settings_load(arena, environment, known_settings, parts, n);
}
