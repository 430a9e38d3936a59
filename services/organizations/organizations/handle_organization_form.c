/* SPDX-License-Identifier: Apache-2.0 */
/* Organizations made and changed by a form, as a row of their ledger. On the worker's thread, in its transaction. */
#include "organizations/ledgers/form.h"
#include "organizations/organizations/organization_ledger.h"
#include "organizations/organizations/store_organization.h"
#include "base/banned.h"

static const struct form_field fields[] = {
    { "code", "组织编码" },
    { "name", "组织名称" },
    { "kind", "组织类型" },
    { "superior_code", "上级组织编码" },
    { "establish_form", "组建方式" },
    { "region_code", "区划代码" },
    { "place", "所在园区" },
    { "founded_on", "成立日期" },
    { "term_ends_on", "届满日期" },
    { "secretary_name", "书记姓名" },
    { "telephone", "联系电话" },
    { "address", "办公地址" },
    { 0 },
};

static const struct form created = { .ledger = &organization_ledger, .fields = fields };

/* All but what names the organization and its line. */
static const struct form_field changing[] = {
    { "name", "组织名称" },
    { "kind", "组织类型" },
    { "establish_form", "组建方式" },
    { "region_code", "区划代码" },
    { "place", "所在园区" },
    { "founded_on", "成立日期" },
    { "term_ends_on", "届满日期" },
    { "secretary_name", "书记姓名" },
    { "telephone", "联系电话" },
    { "address", "办公地址" },
    { 0 },
};

static const struct form edited = { .ledger = &organization_ledger, .fields = changing };

status_t
handle_create_organization(struct call *call, const CreateOrganizationRequest *in, Organization *out)
{
    struct id id;
    status_t st = form_create(call, &created, &in->base, &id);

    return st ? st : organization_answer(call, &id, out);
}

status_t
handle_edit_organization(struct call *call, const EditOrganizationRequest *in, Organization *out)
{
    struct id id = wire_read_id(in->id);
    struct db_rows *row;
    status_t st = organization_find(call, &id, &row);

    if (!st)
        st = form_edit(call, &edited, db_text(row, 0, "code"), &in->base);
    return st ? st : organization_answer(call, &id, out);
}
