/* SPDX-License-Identifier: Apache-2.0 */
/* The settings of a service process: those of every process (io/process.def), those of the five services (service.def)
 * and the service's own rows, read together. */
#ifndef LIANGXIN_DAEMON_PROCESS_SETTINGS_H
#define LIANGXIN_DAEMON_PROCESS_SETTINGS_H

#include "daemon/daemon.h"

#define SETTING(field, name, kind, fallback, min, max, prose) setting_type_##kind field;
struct process_rows {
#include "io/process.def"
};
struct service_settings {
#include "daemon/service.def"
};
#undef SETTING

struct process_settings {
    struct process_rows process;
    struct service_settings service;
};

#define PROCESS_PARTS 3

/* The parts of a service's settings; returns how many. `settings` may be NULL for the help page. */
size_t process_settings_parts(const struct service *service, struct process_settings *settings,
                              struct settings_part ret_parts[PROCESS_PARTS]);
status_t process_settings_load(struct arena *arena, char **environment, const struct service *service,
                               struct process_settings *ret_settings);

#endif
