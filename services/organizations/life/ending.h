/* SPDX-License-Identifier: Apache-2.0 */
/* The end of an organization: 撤销, or 合并 into a successor. What stands in its way, and from which day it can be.
 * Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_LIFE_ENDING_H
#define LIANGXIN_ORGANIZATIONS_LIFE_ENDING_H

#include "base/date.h"
#include "base/status.h"

/* In the order in which they are told. */
enum obstacle_kind {
    OBSTACLE_MEMBERS = 1,
    OBSTACLE_LETTERS,       /* of a member, or addressed to it */
    OBSTACLE_ORGANIZATIONS, /* below it in the line */
    OBSTACLE_RELATIONS,     /* related to it otherwise */
    OBSTACLE_UNITS,         /* covered; 合并 passes them on */
    OBSTACLE_PERSONS,       /* whose records it keeps */
    OBSTACLE_COUNT
};

struct ending_facts {
    int64_t standing[OBSTACLE_COUNT]; /* by obstacle_kind; [0] is not used */
    const char *numbers;              /* of the letters, ", " between; ten at most; "" for none */
    date_t earliest;                  /* the day on which the last of its members, units, relations came or went */
    int64_t posts;                    /* of accounts, that end with it */
};

/* The organization that takes over. */
struct successor_facts {
    bool known;
    bool by_line; /* below the acting organization in the line */
    bool below;   /* it, or below the one that ends */
    bool dissolved;
    int kind;
};

/* True for what would have to go first. `merges`: covered units pass on. */
bool ending_hinders(const struct ending_facts *facts, enum obstacle_kind kind, bool merges);
/* ORGANIZATION_IN_USE with one problem for each kind that hinders, its count in the detail; BAD_DATE_ORDER at /on. */
status_t ending_judge(struct arena *arena, const struct ending_facts *facts, bool merges, date_t on, date_t today);
/* Members go to branches only, so `kind` of the one that ends and the successor's agree in that. */
status_t successor_judge(struct arena *arena, int kind, const struct successor_facts *successor);

#endif
