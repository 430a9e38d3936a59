/* SPDX-License-Identifier: Apache-2.0 */
/* A member's plain data changed by a form, as a row of the ledger. On the worker's thread, in its transaction. */
#include "organizations/imports/form.h"
#include "organizations/members/member_ledger.h"
#include "organizations/members/person_seal.h"
#include "organizations/members/store_member.h"
#include "base/banned.h"

static const struct form_field fields[] = {
    { "name", "姓名" },
    { "ethnicity", "民族" },
    { "education", "学历" },
    { "joined_on", "入党日期" },
    { "full_on", "转正日期" },
    { "standing", "党员类型" },
    { "unit_code", "工作单位代码" },
    { "telephone", "手机号码" },
    { "duty", "党内职务" },
    { "occupation", "人员类别" },
    { "floating", "流动党员" },
    { "organization_code", "组织编码" },
    { 0 },
};

static const struct form edited = { &member_ledger, fields };

status_t
handle_edit_member(struct call *call, const EditMemberRequest *in, Member *out)
{
    struct id id = wire_read_id(in->id);
    const char *number;
    struct db_rows *row;
    struct id person;
    status_t st = member_find(call, &id, &row);

    if (st)
        return st;
    person = db_id(row, 0, "person_id");
    st = person_open(call->arena, call->state, &person, PERSON_IDENTITY, db_bytes(row, 0, "identity_sealed"), &number);
    if (!st)
        st = form_edit(call, &edited, number, &in->base);
    if (!st)
        st = member_find(call, &id, &row);
    return st ? st : member_to_wire(call, row, 0, out);
}
