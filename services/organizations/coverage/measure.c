/* SPDX-License-Identifier: Apache-2.0 */
/* The measures as data. Formulas of the two coverages: units with an organization of their own or a joint one, divided
 * by all that actually operate. Articles are those of 《中国共产党支部工作条例（试行）》. Pure. */
#include "organizations/coverage/measure.h"

#include <stdbool.h>

#include "base/banned.h"

#define OWN_BRANCH   "支部工作条例第四条：有正式党员3人以上的，应当成立党支部"
#define BRANCH_SIZE  "支部工作条例第四条：党支部党员人数一般不超过50人"
#define JOINT_BRANCH "支部工作条例第五条：联合党支部覆盖单位一般不超过5个"

/* In the order of the .proto, as the rows below. */
enum {
    UNITS = 1,
    OPERATING,
    COVERED,
    SINGLE,
    JOINT,
    OTHERWISE,
    BLANK,
    EFFECTIVE,
    NOMINAL,
    WORKED,
    BY_INSTRUCTOR,
    BY_MASS,
    UNTOUCHED,
    DUE,
    FOUNDED,
    MUST_FOUND,
    SIZED,
    SIZED_BLANK,
    LARGE,
    LARGE_NOT_SINGLE,
    IDLE_COVERED,
};

const struct measure unit_measures[UNIT_MEASURES + 1] = {
    [UNITS] = { 0, 0, 0, NULL },
    [OPERATING] = { UNIT_IS_OPERATING, 0, UNITS, NULL },
    [COVERED] = { UNIT_IS_OPERATING | UNIT_IS_COVERED, 0, OPERATING, NULL },
    [SINGLE] = { UNIT_IS_OPERATING | UNIT_IS_COVERED | UNIT_IS_SINGLE, 0, OPERATING, NULL },
    [JOINT] = { UNIT_IS_OPERATING | UNIT_IS_COVERED | UNIT_IS_JOINT, 0, OPERATING, NULL },
    [OTHERWISE] = { UNIT_IS_OPERATING | UNIT_IS_COVERED, UNIT_IS_SINGLE | UNIT_IS_JOINT, OPERATING, NULL },
    [BLANK] = { UNIT_IS_OPERATING, UNIT_IS_COVERED, OPERATING, NULL },
    [EFFECTIVE] = { UNIT_IS_OPERATING | UNIT_IS_COVERED | UNIT_IS_EFFECTIVE, 0, COVERED, NULL },
    [NOMINAL] = { UNIT_IS_OPERATING | UNIT_IS_COVERED, UNIT_IS_EFFECTIVE, COVERED, NULL },
    [WORKED] = { UNIT_IS_OPERATING | UNIT_IS_WORKED, 0, OPERATING, NULL },
    [BY_INSTRUCTOR] = { UNIT_IS_OPERATING | UNIT_HAS_INSTRUCTOR, UNIT_IS_COVERED, OPERATING, NULL },
    [BY_MASS] = { UNIT_IS_OPERATING | UNIT_HAS_MASS, UNIT_IS_COVERED | UNIT_HAS_INSTRUCTOR, OPERATING, NULL },
    [UNTOUCHED] = { UNIT_IS_OPERATING, UNIT_IS_WORKED, OPERATING, NULL },
    [DUE] = { UNIT_IS_OPERATING | UNIT_IS_DUE, 0, OPERATING, OWN_BRANCH },
    [FOUNDED] = { UNIT_IS_OPERATING | UNIT_IS_DUE | UNIT_IS_SINGLE, 0, DUE, OWN_BRANCH },
    [MUST_FOUND] = { UNIT_IS_OPERATING | UNIT_IS_DUE, UNIT_IS_SINGLE, DUE, OWN_BRANCH },
    [SIZED] = { UNIT_IS_OPERATING | UNIT_IS_SIZED, 0, OPERATING, NULL },
    [SIZED_BLANK] = { UNIT_IS_OPERATING | UNIT_IS_SIZED, UNIT_IS_COVERED, SIZED, NULL },
    [LARGE] = { UNIT_IS_OPERATING | UNIT_IS_LARGE, 0, OPERATING, NULL },
    [LARGE_NOT_SINGLE] = { UNIT_IS_OPERATING | UNIT_IS_LARGE, UNIT_IS_SINGLE, LARGE, NULL },
    [IDLE_COVERED] = { UNIT_IS_COVERED, UNIT_IS_OPERATING, UNITS, NULL },
};

enum {
    ORGANIZATIONS = 1,
    BRANCHES,
    JOINT_BRANCHES,
    WIDE,
    EMPTY,
    FEW,
    MANY,
    NO_SECRETARY,
};

const struct measure organization_measures[ORGANIZATION_MEASURES + 1] = {
    [ORGANIZATIONS] = { ORGANIZATION_IS_COUNTED, 0, 0, NULL },
    [BRANCHES] = { ORGANIZATION_IS_BRANCH, 0, ORGANIZATIONS, NULL },
    [JOINT_BRANCHES] = { ORGANIZATION_IS_JOINT, 0, BRANCHES, NULL },
    [WIDE] = { ORGANIZATION_IS_JOINT | ORGANIZATION_IS_WIDE, 0, JOINT_BRANCHES, JOINT_BRANCH },
    [EMPTY] = { ORGANIZATION_IS_BRANCH | ORGANIZATION_IS_EMPTY, 0, BRANCHES, OWN_BRANCH },
    [FEW] = { ORGANIZATION_IS_BRANCH | ORGANIZATION_IS_FEW, 0, BRANCHES, OWN_BRANCH },
    [MANY] = { ORGANIZATION_IS_BRANCH | ORGANIZATION_IS_MANY, 0, BRANCHES, BRANCH_SIZE },
    [NO_SECRETARY] = { ORGANIZATION_IS_BRANCH | ORGANIZATION_IS_VACANT, 0, BRANCHES, NULL },
};

static bool
belongs(const struct measure *measure, int marks)
{
    return (marks & measure->must) == measure->must && (marks & measure->without) == 0;
}

void
measure_count(const struct measure *measures, size_t most, int marks, int64_t n, int64_t *counts)
{
    for (size_t i = 1; i <= most; i++)
        if (belongs(&measures[i], marks))
            counts[i] += n;
}

int64_t
measure_rate(int64_t count, int64_t base)
{
    return base > 0 ? (count * 20000 + base) / (2 * base) : -1;
}
