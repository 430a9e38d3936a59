/* SPDX-License-Identifier: Apache-2.0 */
/* The lists as data. Pure. */
#include "organizations/imports/outcomes.h"

#include "base/banned.h"

const struct word row_outcomes[] = {
    { "新增", "created" },   { "更新", "updated" }, { "无变化", "unchanged" },
    { "重复", "duplicate" }, { "有误", "invalid" }, { 0 },
};

const struct word import_states[] = {
    { "排队", "queued" },      { "校验中", "validating" },
    { "已校验", "validated" }, { "入库中", "committing" },
    { "已完成", "succeeded" }, { "失败", "failed" },
    { "已取消", "cancelled" }, { "撤销中", "undoing" },
    { "已撤销", "undone" },    { 0 },
};

const struct word ledger_names[] = {
    { "区划", "regions" }, { "党组织", "organizations" },       { "单位", "units" },
    { "党员", "members" }, { "党建工作指导员", "instructors" }, { 0 },
};

const struct word undo_outcomes[] = { { "已撤销", "undone" }, { "保留", "kept" }, { 0 } };
