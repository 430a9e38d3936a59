/* SPDX-License-Identifier: Apache-2.0 */
/* Settings from the environment (prefix LIANGXIN_), read and checked all at once at start. A row in a settings.def file
 * declares a setting with its operator's paragraph; struct, table, --print-config and --help-config follow from it:
 *
 *   SETTING(field, "LIANGXIN_NAME", KIND, default, minimum, maximum, "prose")
 *
 * KIND: TEXT, SECRET (the content of the file named by NAME, which ends in _FILE), INTEGER, MILLISECONDS, SWITCH.
 * The default is text as in the environment; NULL: the setting is required; "" on TEXT and SECRET: may be absent. */
#ifndef LIANGXIN_IO_SETTINGS_H
#define LIANGXIN_IO_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/strbuf.h"

enum setting_kind { SETTING_TEXT, SETTING_SECRET, SETTING_INTEGER, SETTING_MILLISECONDS, SETTING_SWITCH };

typedef const char *setting_type_TEXT;
typedef const char *setting_type_SECRET;
typedef int64_t setting_type_INTEGER;
typedef int64_t setting_type_MILLISECONDS;
typedef bool setting_type_SWITCH;

struct setting {
    const char *name;
    enum setting_kind kind;
    const char *fallback;
    int64_t minimum; /* numbers only */
    int64_t maximum;
    const char *prose;
    size_t offset; /* of the field in the struct that takes the value */
};

/* One table and the struct that takes its values. */
struct settings_part {
    const struct setting *table;
    size_t count;
    void *values;
};

/* A row of settings.def as a table row for values of `type`. */
#define SETTING_ROW(type, field, name, kind, fallback, min, max, prose)                                                \
    { name, SETTING_##kind, fallback, min, max, prose, offsetof(type, field) },

/* Reads every part from `environment` (as environ). `known` lists every LIANGXIN_ name of any process: another one is
 * an error. All faults come back chained, each with the setting's name as pointer. Values live in `arena`. */
status_t settings_load(struct arena *arena, char **environment, const char *const *known,
                       const struct settings_part *parts, size_t n_parts);
/* NAME=value lines; secrets as ***. */
void settings_print(struct strbuf *out, const struct settings_part *parts, size_t n_parts);
/* The operator's page: name, kind, range, default, prose. */
void settings_help(struct strbuf *out, const struct settings_part *parts, size_t n_parts);

/* The value of NAME in `environment`, or NULL. */
const char *settings_lookup(char **environment, const char *name);

#endif
