/* SPDX-License-Identifier: Apache-2.0 */
/* Judgement of what one account may do to another. On the worker's thread, in its transaction. */
#include "organizations/accounts/manage.h"

#include "organizations/posts/store_post.h"
#include "base/banned.h"

/* The order matters: an organization outside one's scope does not exist. */
status_t
manage_may_appoint(struct call *call, const struct post *post)
{
    struct db_rows *facts;
    status_t st = account_facts(call, post, &facts);

    if (st)
        return st;
    if (!db_bool(facts, 0, "known_organization"))
        return status_field(call->arena, PROBLEM_NOT_FOUND, "/organization_id");
    if (!db_bool(facts, 0, "known_role"))
        return status_field(call->arena, PROBLEM_BAD_VALUE, "/role");
    if (!db_bool(facts, 0, "may_appoint"))
        return status_plain(PROBLEM_DENIED);
    return db_rows_status(facts);
}

status_t
manage_account(struct call *call, const struct id *account, struct db_rows **ret_row)
{
    status_t st = account_managed(call, account, ret_row);

    if (st)
        return st;
    if (!db_bool(*ret_row, 0, "known"))
        return status_plain(PROBLEM_NOT_FOUND);
    if (id_equal(account, &call->actor->account))
        return status_plain(PROBLEM_OWN_ACCOUNT);
    if (!db_bool(*ret_row, 0, "below"))
        return status_plain(PROBLEM_DENIED);
    return db_rows_status(*ret_row);
}

status_t
manage_appointee(struct call *call, const struct id *account, const char *pointer)
{
    struct db_rows *row;
    status_t st = account_managed(call, account, &row);

    if (st && !status_is(st, PROBLEM_NOT_FOUND))
        return st;
    if (st || !db_bool(row, 0, "known") || db_bool(row, 0, "locked"))
        return status_field(call->arena, PROBLEM_NOT_FOUND, pointer);
    return db_rows_status(row);
}

status_t
manage_post(struct call *call, const struct id *id, struct post *ret_post)
{
    struct db_rows *row;
    status_t st = post_find_managed(call, id, &row);

    if (st)
        return st;
    *ret_post = (struct post){ .id = *id,
                               .account = db_id(row, 0, "account_id"),
                               .role = db_text(row, 0, "role"),
                               .organization = db_id(row, 0, "organization_id"),
                               .since = call->today,
                               .until = db_date(row, 0, "until"),
                               .deputy_of = db_id(row, 0, "deputy_of") };
    if (db_bool(row, 0, "over"))
        return status_plain(PROBLEM_POST_OVER);
    st = db_rows_status(row);
    return st ? st : manage_may_appoint(call, ret_post);
}
