/* SPDX-License-Identifier: Apache-2.0 */
/* JSON log lines on stderr. Any thread: each line is built on the stack's buffer and written at once. */
#include "io/log.h"

#include <stdio.h>
#include <unistd.h>

#include "base/date.h"
#include "base/json_writer.h"
#include "io/clock.h"
#include "base/banned.h"

#define LINE_LIMIT 8192

static const char *const level_names[] = { "debug", "info", "warn", "error" };

static const char *process_name = "liangxin";  /* set before threads start */
static enum log_level lowest_level = LOG_INFO; /* set before threads start */

void
log_open(const char *process, enum log_level lowest)
{
    process_name = process;
    lowest_level = lowest;
}

bool
log_level_parse(const char *word, enum log_level *ret_level)
{
    for (int i = LOG_DEBUG; i <= LOG_ERROR; i++)
        if (strcmp(word, level_names[i]) == 0) {
            *ret_level = (enum log_level)i;
            return true;
        }
    return false;
}

static void
write_field(struct json_writer *json, const struct log_field *field)
{
    if (field->type == LOG_NUMBER)
        json_int(json, field->name, field->number);
    else if (field->text)
        json_cstring(json, field->name, field->text);
}

static void
write_causes(struct json_writer *json, status_t st)
{
    if (!st)
        return;
    json_cstring(json, "problem", st->problem->slug);
    if (st->pointer)
        json_cstring(json, "field", st->pointer);
    if (st->detail)
        json_cstring(json, "detail", st->detail);
    if (!st->cause)
        return;
    json_object_begin(json, "cause");
    write_causes(json, st->cause);
    json_object_end(json);
}

static void
write_line(enum log_level level, const char *event, status_t st, const struct log_field *fields)
{
    char at[INSTANT_SIZE];
    struct json_writer json;
    struct strbuf line;

    if (level < lowest_level)
        return;
    strbuf_init(&line, LINE_LIMIT);
    json_init(&json, &line);
    instant_format(clock_now(), at);
    json_object_begin(&json, NULL);
    json_cstring(&json, "at", at);
    json_cstring(&json, "level", level_names[level]);
    json_cstring(&json, "process", process_name);
    json_cstring(&json, "event", event);
    for (; fields && fields->type != LOG_END; fields++)
        write_field(&json, fields);
    write_causes(&json, st);
    json_object_end(&json);
    strbuf_char(&line, '\n');
    if (!line.failed && write(STDERR_FILENO, line.data, line.size) < 0)
        lowest_level = LOG_ERROR; /* nobody reads us: say less */
    strbuf_done(&line);
}

void
log_line(enum log_level level, const char *event, const struct log_field *fields)
{
    write_line(level, event, OK, fields);
}

void
log_status(const char *event, status_t st, const struct log_field *fields)
{
    write_line((enum log_level)status_log_level(st), event, st, fields);
}
