/* SPDX-License-Identifier: Apache-2.0 */
/* The measures as data. Formulas of the two coverages: units with an organization of their own or a joint one, divided
 * by all that actually operate. Articles are those of 《中国共产党支部工作条例（试行）》. Pure. */
#include "organizations/coverage/measure.h"

#include <stdbool.h>

#include "base/banned.h"

#define OWN_BRANCH   "支部工作条例第四条：有正式党员3人以上的，应当成立党支部"
#define BRANCH_SIZE  "支部工作条例第四条：党支部党员人数一般不超过50人"
#define JOINT_BRANCH "支部工作条例第五条：联合党支部覆盖单位一般不超过5个"

enum { UNITS = 1, OPERATING = 2, COVERED = 3, DUE = 14, SIZED = 17, LARGE = 19 };

const struct measure unit_measures[UNIT_MEASURES + 1] = {
    [UNITS] = { 0, 0, 0, NULL },
    [OPERATING] = { UNIT_IS_OPERATING, 0, UNITS, NULL },
    [COVERED] = { UNIT_IS_OPERATING | UNIT_IS_COVERED, 0, OPERATING, NULL },
    [4] = { UNIT_IS_OPERATING | UNIT_IS_COVERED | UNIT_IS_SINGLE, 0, OPERATING, NULL },
    [5] = { UNIT_IS_OPERATING | UNIT_IS_COVERED | UNIT_IS_JOINT, 0, OPERATING, NULL },
    [6] = { UNIT_IS_OPERATING | UNIT_IS_COVERED, UNIT_IS_SINGLE | UNIT_IS_JOINT, OPERATING, NULL },
    [7] = { UNIT_IS_OPERATING, UNIT_IS_COVERED, OPERATING, NULL },
    [8] = { UNIT_IS_OPERATING | UNIT_IS_COVERED | UNIT_IS_EFFECTIVE, 0, COVERED, NULL },
    [9] = { UNIT_IS_OPERATING | UNIT_IS_COVERED, UNIT_IS_EFFECTIVE, COVERED, NULL },
    [10] = { UNIT_IS_OPERATING | UNIT_IS_WORKED, 0, OPERATING, NULL },
    [11] = { UNIT_IS_OPERATING | UNIT_HAS_INSTRUCTOR, UNIT_IS_COVERED, OPERATING, NULL },
    [12] = { UNIT_IS_OPERATING | UNIT_HAS_MASS, UNIT_IS_COVERED | UNIT_HAS_INSTRUCTOR, OPERATING, NULL },
    [13] = { UNIT_IS_OPERATING, UNIT_IS_WORKED, OPERATING, NULL },
    [DUE] = { UNIT_IS_OPERATING | UNIT_IS_DUE, 0, OPERATING, OWN_BRANCH },
    [15] = { UNIT_IS_OPERATING | UNIT_IS_DUE | UNIT_IS_SINGLE, 0, DUE, OWN_BRANCH },
    [16] = { UNIT_IS_OPERATING | UNIT_IS_DUE, UNIT_IS_SINGLE, DUE, OWN_BRANCH },
    [SIZED] = { UNIT_IS_OPERATING | UNIT_IS_SIZED, 0, OPERATING, NULL },
    [18] = { UNIT_IS_OPERATING | UNIT_IS_SIZED, UNIT_IS_COVERED, SIZED, NULL },
    [LARGE] = { UNIT_IS_OPERATING | UNIT_IS_LARGE, 0, OPERATING, NULL },
    [20] = { UNIT_IS_OPERATING | UNIT_IS_LARGE, UNIT_IS_SINGLE, LARGE, NULL },
    [21] = { UNIT_IS_COVERED, UNIT_IS_OPERATING, UNITS, NULL },
};

enum { ORGANIZATIONS = 1, BRANCHES = 2, JOINT_BRANCHES = 3 };

const struct measure organization_measures[ORGANIZATION_MEASURES + 1] = {
    [ORGANIZATIONS] = { ORGANIZATION_IS_COUNTED, 0, 0, NULL },
    [BRANCHES] = { ORGANIZATION_IS_BRANCH, 0, ORGANIZATIONS, NULL },
    [JOINT_BRANCHES] = { ORGANIZATION_IS_JOINT, 0, BRANCHES, NULL },
    [4] = { ORGANIZATION_IS_JOINT | ORGANIZATION_IS_WIDE, 0, JOINT_BRANCHES, JOINT_BRANCH },
    [5] = { ORGANIZATION_IS_BRANCH | ORGANIZATION_IS_EMPTY, 0, BRANCHES, OWN_BRANCH },
    [6] = { ORGANIZATION_IS_BRANCH | ORGANIZATION_IS_FEW, 0, BRANCHES, OWN_BRANCH },
    [7] = { ORGANIZATION_IS_BRANCH | ORGANIZATION_IS_MANY, 0, BRANCHES, BRANCH_SIZE },
    [8] = { ORGANIZATION_IS_BRANCH | ORGANIZATION_IS_VACANT, 0, BRANCHES, NULL },
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
