/* SPDX-License-Identifier: Apache-2.0 */
/* 预备党员审批权 granted, taken back, listed; who could issue letters on a day. On the worker's thread. */
#include "organizations/organizations/store_organization.h"
#include "organizations/relations/store_relation.h"
#include "rpc/audit.h"
#include "base/banned.h"

/* The news, the audit row and the answer: `since` is the power's first day now, DATE_NONE when it has none. */
static status_t
settle(struct call *call, struct related *related, date_t since, const char *what, Organization *out)
{
    related->news.may_issue_from = since;
    related_tell(call, related);
    audit_add(call, &(struct audit_entry){ .object = "approval_power", .id = &related->id, .after = slice_of(what) });
    return organization_answer(call, &related->id, out);
}

status_t
handle_grant_approval_power(struct call *call, const GrantApprovalPowerRequest *in, Organization *out)
{
    struct related *related;
    date_t since = DATE_NONE;
    status_t st = related_open(call, in->id, &related);

    (void)date_parse(slice_of(in->since), &since);
    if (!st)
        st = approval_judge_grant(call->arena, &related->subject, &related->power, since);
    if (st)
        return st;
    approval_begin(call, &related->id, since, in->basis);
    return settle(call, related, since, arena_printf(call->arena, "granted|%s|%s", in->since, in->basis), out);
}

status_t
handle_end_approval_power(struct call *call, const EndApprovalPowerRequest *in, Organization *out)
{
    struct related *related;
    date_t until = DATE_NONE;
    status_t st = related_open(call, in->id, &related);

    (void)date_parse(slice_of(in->until), &until);
    if (!st && !related->power.holds)
        st = status_plain(PROBLEM_NO_ISSUING_POWER);
    if (!st)
        st = relation_judge_end(call->arena, &related->power, until, call->today);
    if (st)
        return st;
    approval_end(call, &related->id, until, in->basis);
    return settle(call, related, DATE_NONE, arena_printf(call->arena, "ended|%s|%s", in->until, in->basis), out);
}

status_t
handle_list_approval_powers(struct call *call, const OrganizationId *in, ApprovalPowerList *out)
{
    struct id organization = wire_read_id(in->id);
    struct db_rows *rows;
    status_t st = approval_list(call, &organization, &rows);

    if (st)
        return st;
    out->items = arena_array(call->arena, (size_t)db_count(rows), sizeof(ApprovalPower *));
    for (int i = 0; i < db_count(rows) && !db_is_null(rows, i, "since"); i++) {
        ApprovalPower *item = out->items[out->n_items++] = approval_power_new(call->arena);

        item->since = wire_text(db_text(rows, i, "since"));
        if (!db_is_null(rows, i, "until")) {
            item->end_case = LIANGXIN__ORGANIZATIONS__V1__APPROVAL_POWER__END_UNTIL;
            item->until = wire_text(db_text(rows, i, "until"));
        }
        item->basis = wire_text(db_text(rows, i, "basis"));
        item->end_basis = wire_text(db_text(rows, i, "end_basis"));
    }
    return db_rows_status(rows);
}

status_t
handle_get_issuer(struct call *call, const GetIssuerRequest *in, Issuer *out)
{
    struct id organization = wire_read_id(in->id);
    date_t as_of = call->today;
    char day[DATE_SIZE];
    struct db_rows *row;
    status_t st;

    if (in->as_of[0])
        (void)date_parse(slice_of(in->as_of), &as_of);
    st = issuer_find(call, &organization, as_of, &row);
    if (st)
        return st;
    date_format(as_of, day);
    out->as_of = wire_text(arena_text(call->arena, day));
    out->organization_id = wire_text(db_text(row, 0, "id"));
    out->organization_name = wire_text(db_text(row, 0, "name"));
    if (!db_is_null(row, 0, "since")) {
        out->start_case = LIANGXIN__ORGANIZATIONS__V1__ISSUER__START_SINCE;
        out->since = wire_text(db_text(row, 0, "since"));
    }
    return db_rows_status(row);
}
