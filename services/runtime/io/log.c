/* SPDX-License-Identifier: Apache-2.0 */
/* JSON log lines on stderr. Any thread: each line is built on the stack's buffer and written at once. */
#include "io/log.h"

#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "io/clock.h"
#include "io/metrics.h"
#include "base/banned.h"

#define LINE_LIMIT 8192
#define TEXT_MOST  2048
#define CUT_MARK   "…"
#define CAUSES     8 /* deeper ones are not written */

static const char *const level_names[] = { "debug", "info", "warn", "error" };

/* Bytes of a text that are written. A line that is too long all the same is built again with the next smaller. */
static const size_t text_limits[] = { TEXT_MOST, 128, 0 };

#define TEXT_LIMITS (sizeof text_limits / sizeof *text_limits)

static const char *process_name = "liangxin"; /* set before threads start */
static atomic_int lowest_level = LOG_INFO;    /* raised when nobody reads stderr */

static struct metric cut_total = {
    .name = "liangxin_log_cut_total",
    .kind = METRIC_COUNTER,
    .prose = "Texts in log lines that were cut because they were too long. The line says how many of its own in cut.",
};

struct line {
    struct json_writer json;
    size_t text_limit;
    int cut; /* texts shortened */
};

void
log_metrics(void)
{
    metrics_register(&cut_total);
}

void
log_open(const char *process, enum log_level lowest)
{
    process_name = process;
    atomic_store(&lowest_level, (int)lowest);
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
write_text(struct line *line, const char *name, const char *text)
{
    char shown[TEXT_MOST + sizeof CUT_MARK];
    size_t size = text_within(text, line->text_limit);

    if (!text[size]) {
        json_text(&line->json, name, slice_make(text, size));
        return;
    }
    memcpy(shown, text, size);
    memcpy(shown + size, CUT_MARK, sizeof CUT_MARK);
    json_cstring(&line->json, name, shown);
    line->cut++;
}

static void
write_field(struct line *line, const struct log_field *field)
{
    if (field->type == LOG_NUMBER)
        json_int(&line->json, field->name, field->number);
    else if (field->text)
        write_text(line, field->name, field->text);
}

static void
write_causes(struct line *line, status_t st, int depth)
{
    if (!st)
        return;
    json_cstring(&line->json, "problem", st->problem->slug);
    if (st->pointer)
        write_text(line, "field", st->pointer);
    if (st->detail)
        write_text(line, "detail", st->detail);
    if (!st->cause || depth == CAUSES)
        return;
    json_object_begin(&line->json, "cause");
    write_causes(line, st->cause, depth + 1);
    json_object_end(&line->json);
}

struct entry {
    enum log_level level;
    const char *event;
    status_t st;
    const struct log_field *fields;
};

/* Builds the whole line; false when it does not fit with texts of this length. */
static bool
build(struct strbuf *text, const struct entry *entry, size_t text_limit, int *ret_cut)
{
    struct line line = { .text_limit = text_limit };
    const struct log_field *field = entry->fields;
    char at[INSTANT_SIZE];

    strbuf_reset(text);
    json_init(&line.json, text);
    instant_format(clock_now(), at);
    json_object_begin(&line.json, NULL);
    json_cstring(&line.json, "at", at);
    json_cstring(&line.json, "level", level_names[entry->level]);
    json_cstring(&line.json, "process", process_name);
    json_cstring(&line.json, "event", entry->event);
    for (; field && field->type != LOG_END; field++)
        write_field(&line, field);
    write_causes(&line, entry->st, 1);
    if (line.cut)
        json_int(&line.json, "cut", line.cut);
    json_object_end(&line.json);
    strbuf_char(text, '\n');
    *ret_cut = line.cut;
    return !text->failed;
}

static void
write_line(const struct entry *entry)
{
    struct strbuf text;
    bool fits = false;
    int cut = 0;

    if ((int)entry->level < atomic_load_explicit(&lowest_level, memory_order_relaxed))
        return;
    strbuf_init(&text, LINE_LIMIT);
    for (size_t i = 0; i < TEXT_LIMITS && !fits; i++)
        fits = build(&text, entry, text_limits[i], &cut);
    if (cut)
        metric_add(&cut_total, NULL, cut);
    if (fits && write(STDERR_FILENO, text.data, text.size) < 0)
        atomic_store(&lowest_level, LOG_ERROR); /* nobody reads us: say less */
    strbuf_done(&text);
}

void
log_line(enum log_level level, const char *event, const struct log_field *fields)
{
    write_line(&(struct entry){ .level = level, .event = event, .fields = fields });
}

void
log_status(const char *event, status_t st, const struct log_field *fields)
{
    write_line(
        &(struct entry){ .level = (enum log_level)status_log_level(st), .event = event, .st = st, .fields = fields });
}
