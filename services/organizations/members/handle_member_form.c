/* SPDX-License-Identifier: Apache-2.0 */
/* A member made by a form and his plain data changed by one, as a row of the ledger. On the worker's thread, in its
 * transaction. */
#include "organizations/ledgers/form.h"
#include "organizations/members/member_ledger.h"
#include "organizations/members/person_seal.h"
#include "organizations/members/store_member.h"
#include "base/banned.h"

static const struct form_field making[] = {
    { "name", "姓名" },
    { "sex", "性别" },
    { "ethnicity", "民族" },
    { "identity_number", "公民身份号码" },
    { "born_on", "出生日期" },
    { "education", "学历" },
    { "joined_on", "入党日期" },
    { "full_on", "转正日期" },
    { "standing", "党员类型" },
    { "organization_code", "组织编码" },
    { "unit_code", "工作单位代码" },
    { "telephone", "手机号码" },
    { "duty", "党内职务" },
    { "occupation", "人员类别" },
    { "floating", "流动党员" },
    { 0 },
};

static const struct form created = { .ledger = &member_ledger, .fields = making };

/* Number, sex and birth are those of the person for good. */
static const struct form_field changing[] = {
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

static const struct form edited = { .ledger = &member_ledger, .fields = changing };

static status_t
member_answer(struct call *call, const struct id *id, Member *out)
{
    struct db_rows *row;
    status_t st = member_find(call, id, &row);

    return st ? st : member_to_wire(call, row, 0, out);
}

status_t
handle_create_member(struct call *call, const CreateMemberRequest *in, Member *out)
{
    struct id id;
    status_t st = form_create(call, &created, &in->base, &id);

    return st ? st : member_answer(call, &id, out);
}

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
    return st ? st : member_answer(call, &id, out);
}
