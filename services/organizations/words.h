/* SPDX-License-Identifier: Apache-2.0 */
/* Closed lists of the domain: the word of the ledgers, the code of database and events. A value is its place in the
 * list, from 1; 0 is "not said". The enums of the .proto have the same order (wire.c proves it). Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_WORDS_H
#define LIANGXIN_ORGANIZATIONS_WORDS_H

#include "base/slice.h"

struct word {
    const char *ledger; /* 党支部 */
    const char *code;   /* branch */
};

/* All end with a NULL row. */
extern const struct word organization_kinds[]; /* 组织类型 */
extern const struct word establish_forms[];    /* 组建方式, 覆盖方式 */
extern const struct word unit_kinds[];         /* 单位类型 */
extern const struct word business_states[];    /* 经营状况 */
extern const struct word standings[];          /* 党员类型 */
extern const struct word member_statuses[];    /* 党员状态 */
extern const struct word sexes[];              /* 性别 */

enum organization_kind {
    ORGANIZATION_WORKING_COMMITTEE = 1, /* 党工委 */
    ORGANIZATION_COMMITTEE,             /* 党委 */
    ORGANIZATION_GENERAL_BRANCH,        /* 党总支 */
    ORGANIZATION_BRANCH,                /* 党支部 */
    ORGANIZATION_JOINT_BRANCH,          /* 联合党支部 */
    ORGANIZATION_FLOATING_BRANCH,       /* 流动党员党支部 */
};

enum business_state_code { UNIT_OPERATING = 1, UNIT_CLOSED = 7, UNIT_EXTRA_LICENCE = 8 }; /* 正常经营, 注销, 一企多照 */
enum standing_code { MEMBER_FULL = 1, MEMBER_PROBATIONARY = 2 }; /* 正式党员, 预备党员 */

/* 0 when the list does not have it. */
int word_of_ledger(const struct word *list, struct slice ledger);
int word_of_code(const struct word *list, const char *code);
/* NULL for 0. */
const char *word_code(const struct word *list, int value);
/* True for the kinds that members are placed in. */
bool kind_takes_members(int kind);

#endif
