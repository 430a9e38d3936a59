/* SPDX-License-Identifier: Apache-2.0 */
/* Class hours against what is required. Pure; integers only. */
#include "training/obligation.h"

#include <string.h>

#include "base/check.h"
#include "base/banned.h"

const char *
trainee_kind_code(enum trainee_kind kind)
{
    static const char *const codes[] = {
#define X(name, number, code) [TRAINEE_##name] = (code),
        TRAINEE_KINDS(X)
#undef X
    };

    CHECK(kind >= TRAINEE_MEMBER && kind < sizeof codes / sizeof *codes);
    return codes[kind];
}

enum trainee_kind
trainee_kind_parse(const char *code)
{
#define X(name, number, text)                                                                                          \
    if (code && strcmp(code, text) == 0)                                                                               \
        return TRAINEE_##name;
    TRAINEE_KINDS(X)
#undef X
    return TRAINEE_MEMBER;
}

static int64_t
counted(const struct hour_record *record)
{
    int64_t hours = record->recorded < record->planned ? record->recorded : record->planned;

    return hours > 0 ? hours : 0;
}

/* The day's hours that count, from the record at *at on; moves *at behind the day. */
static int64_t
take_day(const struct obligation *obligation, const struct hour_record *records, size_t count, size_t *at)
{
    date_t day = records[*at].held_on;
    int64_t hours = 0;

    for (; *at < count && records[*at].held_on == day; (*at)++)
        hours += counted(&records[*at]);
    return obligation->day_most && hours > obligation->day_most ? obligation->day_most : hours;
}

struct progress
obligation_progress(const struct obligation *obligation, const struct hour_record *records, size_t count)
{
    struct progress progress = { 0 };

    for (size_t at = 0; at < count;)
        progress.done += take_day(obligation, records, count, &at);
    if (progress.done < obligation->required)
        progress.left = obligation->required - progress.done;
    return progress;
}

int64_t
obligation_blend(const struct duty_share *shares, size_t count, int64_t otherwise, int64_t days)
{
    int64_t sum = otherwise * days;

    for (size_t i = 0; i < count; i++)
        sum += shares[i].days * (shares[i].required - otherwise);
    return (2 * sum + days) / (2 * days);
}

bool
training_year(int64_t year, date_t *ret_first, date_t *ret_last)
{
    if (year < 1 || year > 9999)
        return false;
    return date_from_civil((struct civil){ (int)year, 1, 1 }, ret_first) &&
           date_from_civil((struct civil){ (int)year, 12, 31 }, ret_last);
}
