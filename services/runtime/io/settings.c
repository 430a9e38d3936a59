/* SPDX-License-Identifier: Apache-2.0 */
/* Settings from the environment. Main thread at start; what it reads lives in the caller's arena. */
#include "io/settings.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "base/banned.h"

#define PREFIX      "LIANGXIN_"
#define SECRET_SIZE 8192

static const char *const kind_names[] = { "text", "secret file", "integer", "milliseconds", "switch" };

const char *
settings_lookup(char **environment, const char *name)
{
    size_t length = strlen(name);

    for (char **entry = environment; *entry; entry++)
        if (strncmp(*entry, name, length) == 0 && (*entry)[length] == '=')
            return *entry + length + 1;
    return NULL;
}

static status_t
read_secret(struct arena *arena, const struct setting *setting, const char *path, const char **ret_secret)
{
    char content[SECRET_SIZE];
    FILE *file = fopen(path, "re");
    size_t n;

    if (!file)
        return status_detail(arena, PROBLEM_BAD_VALUE, "%s: cannot read the file: %s", setting->name, strerror(errno));
    n = fread(content, 1, sizeof content, file);
    fclose(file);
    if (n == 0 || n == sizeof content)
        return status_detail(arena, PROBLEM_BAD_VALUE, "%s: the file is empty or too large", setting->name);
    *ret_secret = arena_text_slice(arena, text_trim(slice_make(content, n)));
    return OK;
}

static status_t
read_number(struct arena *arena, const struct setting *setting, const char *text, int64_t *ret_number)
{
    char *end;
    long long number;

    errno = 0;
    number = strtoll(text, &end, 10);
    if (errno || end == text || *end || number < setting->minimum || number > setting->maximum)
        return status_detail(arena, PROBLEM_OUT_OF_RANGE, "%s: a number from %" PRId64 " to %" PRId64, setting->name,
                             setting->minimum, setting->maximum);
    *ret_number = number;
    return OK;
}

static status_t
read_switch(struct arena *arena, const struct setting *setting, const char *text, bool *ret_on)
{
    *ret_on = strcmp(text, "on") == 0;
    if (!*ret_on && strcmp(text, "off") != 0)
        return status_detail(arena, PROBLEM_BAD_VALUE, "%s: on or off", setting->name);
    return OK;
}

static status_t
read_setting(struct arena *arena, const struct setting *setting, const char *text, void *field)
{
    switch (setting->kind) {
    case SETTING_TEXT:
        *(const char **)field = arena_text(arena, text);
        return OK;
    case SETTING_SECRET:
        *(const char **)field = "";
        return text[0] ? read_secret(arena, setting, text, field) : OK;
    case SETTING_INTEGER:
    case SETTING_MILLISECONDS:
        return read_number(arena, setting, text, field);
    case SETTING_SWITCH:
        return read_switch(arena, setting, text, field);
    }
    return status_plain(PROBLEM_INTERNAL);
}

static status_t
load_part(struct arena *arena, char **environment, const struct settings_part *part)
{
    status_t all = OK;

    for (size_t i = 0; i < part->count; i++) {
        const struct setting *setting = &part->table[i];
        const char *text = settings_lookup(environment, setting->name);

        if (!text)
            text = setting->fallback;
        if (text)
            all = status_join(arena, all, read_setting(arena, setting, text, (char *)part->values + setting->offset));
        else
            all = status_join(arena, all, status_detail(arena, PROBLEM_REQUIRED, "%s: must be set", setting->name));
    }
    return all;
}

static bool
is_known(const char *const *known, const char *name, size_t length)
{
    for (; *known; known++)
        if (strlen(*known) == length && strncmp(*known, name, length) == 0)
            return true;
    return false;
}

static status_t
refuse_unknown(struct arena *arena, char **environment, const char *const *known)
{
    status_t all = OK;

    for (char **entry = environment; *entry; entry++) {
        size_t length = strcspn(*entry, "=");

        if (strncmp(*entry, PREFIX, strlen(PREFIX)) == 0 && !is_known(known, *entry, length))
            all = status_join(arena, all,
                              status_detail(arena, PROBLEM_UNKNOWN_PARAMETER, "%.*s: no process has such a setting",
                                            (int)length, *entry));
    }
    return all;
}

status_t
settings_load(struct arena *arena, char **environment, const char *const *known, const struct settings_part *parts,
              size_t n_parts)
{
    status_t all = refuse_unknown(arena, environment, known);

    for (size_t i = 0; i < n_parts; i++)
        all = status_join(arena, all, load_part(arena, environment, &parts[i]));
    return all;
}

static void
print_value(struct strbuf *out, const struct setting *setting, const void *field)
{
    switch (setting->kind) {
    case SETTING_TEXT:
        strbuf_text(out, *(const char *const *)field);
        break;
    case SETTING_SECRET:
        strbuf_text(out, (*(const char *const *)field)[0] ? "***" : "");
        break;
    case SETTING_INTEGER:
    case SETTING_MILLISECONDS:
        strbuf_printf(out, "%" PRId64, *(const int64_t *)field);
        break;
    case SETTING_SWITCH:
        strbuf_text(out, *(const bool *)field ? "on" : "off");
        break;
    }
}

void
settings_print(struct strbuf *out, const struct settings_part *parts, size_t n_parts)
{
    for (size_t p = 0; p < n_parts; p++)
        for (size_t i = 0; i < parts[p].count; i++) {
            const struct setting *setting = &parts[p].table[i];

            strbuf_printf(out, "%s=", setting->name);
            print_value(out, setting, (const char *)parts[p].values + setting->offset);
            strbuf_char(out, '\n');
        }
}

static void
help_row(struct strbuf *out, const struct setting *setting)
{
    strbuf_printf(out, "%s (%s", setting->name, kind_names[setting->kind]);
    if (setting->kind == SETTING_INTEGER || setting->kind == SETTING_MILLISECONDS)
        strbuf_printf(out, ", %" PRId64 " to %" PRId64, setting->minimum, setting->maximum);
    if (!setting->fallback)
        strbuf_text(out, ", required");
    else if (setting->fallback[0])
        strbuf_printf(out, ", default %s", setting->fallback);
    strbuf_printf(out, ")\n    %s\n", setting->prose);
}

void
settings_help(struct strbuf *out, const struct settings_part *parts, size_t n_parts)
{
    for (size_t p = 0; p < n_parts; p++)
        for (size_t i = 0; i < parts[p].count; i++)
            help_row(out, &parts[p].table[i]);
}
