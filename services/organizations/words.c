/* SPDX-License-Identifier: Apache-2.0 */
/* The closed lists as data. Pure. */
#include "organizations/words.h"

#include "base/banned.h"

const struct word organization_kinds[] = {
    { "党工委", "working_committee" },
    { "党委", "committee" },
    { "党总支", "general_branch" },
    { "党支部", "branch" },
    { "联合党支部", "joint_branch" },
    { "流动党员党支部", "floating_branch" },
    { 0 },
};

const struct word establish_forms[] = {
    { "单独组建", "single" },
    { "联合组建", "joint" },
    { "挂靠", "attached" },
    { "区域建", "area" },
    { "行业建", "trade" },
    { "统建", "unified" },
    { 0 },
};

const struct word unit_kinds[] = { { "非公有制企业", "enterprise" }, { "社会组织", "social" }, { 0 } };

const struct word business_states[] = {
    { "正常经营", "operating" },
    { "筹建", "preparing" },
    { "停业", "suspended" },
    { "吊销", "revoked" },
    { "空壳", "shell" },
    { "迁出", "moved" },
    { "注销", "closed" },
    { "一企多照", "extra_licence" },
    { 0 },
};

const struct word standings[] = { { "正式党员", "full" }, { "预备党员", "probationary" }, { 0 } };

const struct word member_statuses[] = { { "正常", "active" },    { "死亡", "deceased" },
                                        { "出党", "expelled" },  { "退党", "withdrawn" },
                                        { "除名", "removed" },   { "停止党籍", "suspended" },
                                        { "转出", "moved_out" }, { 0 } };

const struct word sexes[] = { { "男", "male" }, { "女", "female" }, { 0 } };

int
word_of_ledger(const struct word *list, struct slice ledger)
{
    for (int i = 0; list[i].code; i++)
        if (slice_is(ledger, list[i].ledger))
            return i + 1;
    return 0;
}

int
word_of_code(const struct word *list, const char *code)
{
    for (int i = 0; code && list[i].code; i++)
        if (strcmp(list[i].code, code) == 0)
            return i + 1;
    return 0;
}

const char *
word_code(const struct word *list, int value)
{
    return value > 0 ? list[value - 1].code : NULL;
}

bool
kind_takes_members(int kind)
{
    return kind == ORGANIZATION_BRANCH || kind == ORGANIZATION_JOINT_BRANCH || kind == ORGANIZATION_FLOATING_BRANCH;
}
