/* SPDX-License-Identifier: Apache-2.0 */
/* Half-years and the text of a report. Pure but for the arena. */
#include "organizations/instructor_reports/report.h"

#include <inttypes.h>

#include "base/check.h"
#include "base/banned.h"

const struct word report_states[] = {
    { "起草", "draft" },
    { "已报送", "submitted" },
    { "退回修改", "returned" },
    { 0 },
};

const struct word instructor_grades[] = {
    { "优秀", "excellent" }, { "称职", "competent" }, { "基本称职", "basically" }, { "不称职", "incompetent" }, { 0 },
};

static date_t
day_of(int year, int month)
{
    date_t day;

    CHECK(date_from_civil((struct civil){ .year = year, .month = month, .day = 1 }, &day));
    return day;
}

date_t
half_year_first(struct half_year half)
{
    return day_of(half.year, half.half == 1 ? 1 : 7);
}

date_t
half_year_last(struct half_year half)
{
    return (half.half == 1 ? day_of(half.year, 7) : day_of(half.year + 1, 1)) - 1;
}

struct half_year
half_year_over(date_t today)
{
    struct civil civil = date_to_civil(today);

    if (civil.month > 6)
        return (struct half_year){ civil.year, 1 };
    return (struct half_year){ civil.year - 1, 2 };
}

status_t
report_judge_begin(struct arena *arena, struct half_year half, date_t since, date_t until, date_t today)
{
    if (half_year_first(half) > today || half_year_last(half) < since ||
        (until != DATE_NONE && half_year_first(half) >= until))
        return status_field(arena, PROBLEM_BAD_DATE_ORDER, "/half");
    return OK;
}

status_t
report_judge_state(int state, bool submitted)
{
    return (state == REPORT_SUBMITTED) == submitted ? OK : status_plain(PROBLEM_REPORT_STATE);
}

static const char *
unit_line(struct arena *arena, const struct unit_visits *unit)
{
    char day[DATE_SIZE];

    if (unit->last == DATE_NONE)
        return arena_printf(arena, "%s：未走访。\n", unit->unit);
    date_format(unit->last, day);
    return arena_printf(arena, "%s：走访 %" PRId64 " 次，最近 %s；问题 %" PRId64 " 个，已答复 %" PRId64 " 个。\n",
                        unit->unit, unit->visits, day, unit->problems, unit->answered);
}

const char *
report_text(struct arena *arena, struct half_year half, const struct unit_visits *units, size_t count)
{
    struct unit_visits all = { 0 };
    const char *lines = "";

    for (size_t i = 0; i < count; i++) {
        all.visits += units[i].visits;
        all.problems += units[i].problems;
        all.answered += units[i].answered;
        lines = arena_printf(arena, "%s%s", lines, unit_line(arena, &units[i]));
    }
    return arena_printf(
        arena, "%d年%s：联系单位 %zu 家，走访 %" PRId64 " 次，发现问题 %" PRId64 " 个，已答复 %" PRId64 " 个。\n%s",
        half.year, half.half == 1 ? "上半年" : "下半年", count, all.visits, all.problems, all.answered, lines);
}
