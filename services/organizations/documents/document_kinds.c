/* SPDX-License-Identifier: Apache-2.0 */
/* The lists as data. Pure. */
#include "organizations/documents/document_kinds.h"

#include "base/banned.h"

const struct word document_kinds[] = {
    { "批复", "approval" },      { "请示", "request" },       { "会议记录", "minutes" },
    { "申请书", "application" }, { "思想汇报", "statement" }, { "证明材料", "certificate" },
    { "扫描件", "scan" },        { "其他", "other" },         { 0 },
};

const struct word record_kinds[] = {
    { "党组织", "organization" }, { "党员", "member" }, { "单位", "unit" }, { "人员", "person" }, { 0 },
};

static const char *const permissions[RECORD_KINDS] = {
    [RECORD_ORGANIZATION] = "organization.read",
    [RECORD_MEMBER] = "member.read",
    [RECORD_UNIT] = "unit.read",
    [RECORD_PERSON] = "person.read",
};

const char *
record_permission(int record)
{
    return record > 0 && record < RECORD_KINDS ? permissions[record] : "";
}
