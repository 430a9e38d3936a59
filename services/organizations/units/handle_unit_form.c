/* SPDX-License-Identifier: Apache-2.0 */
/* Units made and changed by a form, as a row of their ledger. On the worker's thread, in its transaction. */
#include "organizations/ledgers/form.h"
#include "organizations/units/store_unit.h"
#include "organizations/units/unit_form.h"
#include "organizations/units/unit_ledger.h"
#include "base/banned.h"

static const struct form_field fields[] = {
    { "code", "统一社会信用代码" },
    { "name", "单位名称" },
    { "kind", "单位类型" },
    { "trade", "行业" },
    { "region_code", "区划代码" },
    { "place", "所在园区" },
    { "business_state", "经营状况" },
    { "staff", "职工人数" },
    { "owner_name", "业主姓名" },
    { "owner_is_member", "业主是否党员" },
    { "organization_code", "党组织编码" },
    { "coverage_form", "覆盖方式" },
    { "instructor_name", "党建工作指导员" },
    { 0 },
};

static const struct form created = { .ledger = &unit_ledger, .fields = fields };
static const struct form edited = { .ledger = &unit_ledger,
                                    .fields = fields + 1 }; /* all but the code, which names the unit */

status_t
handle_create_unit(struct call *call, const CreateUnitRequest *in, Unit *out)
{
    struct id id;
    status_t st = form_create(call, &created, &in->base, &id);

    return st ? st : unit_answer(call, &id, out);
}

status_t
handle_edit_unit(struct call *call, const EditUnitRequest *in, Unit *out)
{
    EditUnitRequest form = *in;
    struct id id = wire_read_id(in->id);
    struct db_rows *row;
    status_t st = unit_find(call, &id, &row);

    if (st)
        return st;
    if (in->set_organization_case ==
            LIANGXIN__ORGANIZATIONS__V1__EDIT_UNIT_REQUEST__SET_ORGANIZATION_ORGANIZATION_CODE &&
        !in->organization_code[0]) { /* the form of coverage ends with the coverage */
        form.set_coverage_case = LIANGXIN__ORGANIZATIONS__V1__EDIT_UNIT_REQUEST__SET_COVERAGE_COVERAGE_FORM;
        form.coverage_form = LIANGXIN__ORGANIZATIONS__V1__ESTABLISH_FORM__ESTABLISH_FORM_UNSPECIFIED;
    }
    st = form_edit(call, &edited, db_text(row, 0, "code"), &form.base);
    return st ? st : unit_answer(call, &id, out);
}

status_t
unit_form_edit(struct call *call, const char *code, const EditUnitRequest *in, const char *source, date_t as_of)
{
    struct form form = edited;

    form.source = source;
    form.as_of = as_of;
    return form_edit(call, &form, code, &in->base);
}
