/* SPDX-License-Identifier: Apache-2.0 */
/* The judgement of an organization's end. Pure. */
#include "organizations/life/ending.h"

#include <inttypes.h>

#include "organizations/words.h"
#include "base/banned.h"

static const enum problem_name problems[OBSTACLE_COUNT] = {
    [OBSTACLE_MEMBERS] = PROBLEM_HAS_MEMBERS,
    [OBSTACLE_LETTERS] = PROBLEM_HAS_OPEN_LETTERS,
    [OBSTACLE_ORGANIZATIONS] = PROBLEM_HAS_SUBORGANIZATIONS,
    [OBSTACLE_RELATIONS] = PROBLEM_HAS_RELATIONS,
    [OBSTACLE_UNITS] = PROBLEM_HAS_UNITS,
    [OBSTACLE_PERSONS] = PROBLEM_HAS_PERSONS,
};

bool
ending_hinders(const struct ending_facts *facts, enum obstacle_kind kind, bool merges)
{
    return facts->standing[kind] > 0 && !(merges && kind == OBSTACLE_UNITS);
}

static status_t
tell(struct arena *arena, const struct ending_facts *facts, enum obstacle_kind kind)
{
    const char *numbers = kind == OBSTACLE_LETTERS ? facts->numbers : "";

    return status_detail(arena, problems[kind], "%" PRId64 "%s%s", facts->standing[kind], numbers[0] ? ": " : "",
                         numbers);
}

status_t
ending_judge(struct arena *arena, const struct ending_facts *facts, bool merges, date_t on, date_t today)
{
    status_t obstacles = OK;

    for (enum obstacle_kind kind = OBSTACLE_MEMBERS; kind < OBSTACLE_COUNT; kind++)
        if (ending_hinders(facts, kind, merges))
            obstacles = status_join(arena, obstacles, tell(arena, facts, kind));
    if (obstacles)
        return status_join(arena, status_plain(PROBLEM_ORGANIZATION_IN_USE), obstacles);
    if (on > today || (facts->earliest != DATE_NONE && on < facts->earliest))
        return status_field(arena, PROBLEM_BAD_DATE_ORDER, "/on");
    return OK;
}

status_t
successor_judge(struct arena *arena, int kind, const struct successor_facts *successor)
{
    if (!successor->known)
        return status_field(arena, PROBLEM_NOT_FOUND, "/successor_id");
    if (!successor->by_line)
        return status_field(arena, PROBLEM_OUTSIDE_SCOPE, "/successor_id");
    if (successor->dissolved)
        return status_field(arena, PROBLEM_ORGANIZATION_DISSOLVED, "/successor_id");
    if (successor->below || kind_takes_members(kind) != kind_takes_members(successor->kind))
        return status_field(arena, PROBLEM_BAD_SUCCESSOR, "/successor_id");
    return OK;
}
