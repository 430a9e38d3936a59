/* SPDX-License-Identifier: Apache-2.0 */
/* Accounts made from the ledger in one go, the lists of accounts and roles, and the review of posts. */
#include <liangxin/organizations/v1/organizations.facts.h>

#include "desk.h"
#include "io/clock.h"
#include "organizations/accounts/token.h"

#define NEW(what)     LIANGXIN__ORGANIZATIONS__V1__LEDGER_OUTCOME__LEDGER_OUTCOME_NEW_##what
#define VERDICT(what) LIANGXIN__ORGANIZATIONS__V1__REVIEW_VERDICT__REVIEW_VERDICT_##what
#define NOBODY        "01900000-0000-7000-8000-000000000000"

static const char branches[] =
    "组织编码,组织名称,组织类型,上级组织编码,组建方式,区划代码,所在园区,成立日期,届满日期,书记姓名,联系电话,"
    "预备党员审批权\n"
    "T2,<乙>党支部,党支部,T,单独组建,320699,,,,甲方正,,\n"
    "T3,丙党支部,党支部,T,单独组建,320699,,,,乙方圆,,\n"
    "T4,丁党支部,党支部,T,单独组建,320699,,,,乙方圆,,\n"
    "V1,戊党支部,党支部,V,单独组建,320699,,,,丙方中,,\n";

static int
open_branches(void **state)
{
    struct desk *desk;

    desk_open_town(state);
    desk = *state;
    desk_commit(desk, desk_upload_text(desk, LEDGER(ORGANIZATIONS), branches), false);
    return 0;
}

static char *
text_of(struct desk *desk, const char *sql)
{
    char *text = test_pg_text(desk->pg, "organizations", sql);
    char *copy = arena_text(desk->arena, text ? text : "");

    free(text);
    return copy;
}

static int64_t
count(struct desk *desk, const char *sql)
{
    return test_pg_number(desk->pg, "organizations", sql);
}

static ProtobufCMessage *
must(struct desk *desk, const struct rpc_method *method, const ProtobufCMessage *in)
{
    ProtobufCMessage *out = NULL;
    status_t st = desk_call(desk, desk_method(method), in, 0, &out);

    if (st)
        fail_msg("%s: %s %s", method->name, st->problem->slug, st->detail ? st->detail : "");
    return out;
}

static LedgerAccountsRequest *
below(struct desk *desk, const char *code, const char *role)
{
    LedgerAccountsRequest *in = ledger_accounts_request_new(desk->arena);

    in->organization_id = desk_organization(desk, code)->id;
    in->below = true;
    in->role = wire_text(role);
    return in;
}

static LedgerAccount *
row_of(LedgerAccounts *accounts, const char *code)
{
    for (size_t i = 0; i < accounts->n_items; i++)
        if (strcmp(accounts->items[i]->organization_code, code) == 0)
            return accounts->items[i];
    fail_msg("no row of %s", code);
    return NULL;
}

static void
a_proposal_changes_nothing(void **state)
{
    struct desk *desk = *state;
    int64_t before = count(desk, "select count(*) from account");
    LedgerAccountsRequest *in = below(desk, "T", "");
    LedgerAccounts *out = (LedgerAccounts *)must(desk, &organizations_propose_ledger_accounts, &in->base);

    assert_int_equal(out->n_items, 4); /* the clerk of T and three secretaries; T1 names none */
    assert_int_equal(out->posts, 5);
    assert_int_equal(out->without_person, 1);
    assert_int_equal(out->left, 0);
    assert_string_equal(row_of(out, "T")->account_name, "t-clerk");
    assert_string_equal(row_of(out, "T2")->person_name, "甲方正");
    assert_string_equal(row_of(out, "T2")->code, "");
    assert_string_equal(out->slips_html, "");
    assert_int_equal(count(desk, "select count(*) from account"), before);
}

static void
scope_rank_and_role_are_judged(void **state)
{
    struct desk *desk = *state;
    struct actor city = desk->actor;
    LedgerAccountsRequest *in = below(desk, "V", "");
    ProtobufCMessage *out;

    in->role = wire_text("city_clerk");
    assert_true(status_is(desk_call(desk, desk_method(&organizations_create_ledger_accounts), &in->base, 0, &out),
                          PROBLEM_BAD_VALUE));
    in->role = wire_text("");
    desk_act_at(desk, "T");
    desk->actor.role = "committee_clerk";
    assert_true(status_is(desk_call(desk, desk_method(&organizations_create_ledger_accounts), &in->base, 0, &out),
                          PROBLEM_NOT_FOUND));
    desk->actor.role = "branch_secretary"; /* gives no clerk's post */
    desk->actor.organization = city.organization;
    assert_int_equal(((LedgerAccounts *)must(desk, &organizations_propose_ledger_accounts, &in->base))->posts, 1);
    desk->actor = city;
}

/* Two branches led by one person are one account with two posts. */
static void
everybody_gets_one_account_and_one_code(void **state)
{
    struct desk *desk = *state;
    LedgerAccountsRequest *in = below(desk, "T", "branch_secretary");
    LedgerAccounts *out;

    test_pg_run(desk->pg, "organizations",
                "update post set person_id = (select person_id from post p join organization o on o.id ="
                " p.organization_id where o.code = 'T3') from organization o where o.id = organization_id and o.code ="
                " 'T4'");
    out = (LedgerAccounts *)must(desk, &organizations_create_ledger_accounts, &in->base);
    assert_int_equal(out->n_items, 3);
    assert_int_equal(row_of(out, "T3")->outcome, NEW(ACCOUNT));
    assert_int_equal(row_of(out, "T4")->outcome, NEW(POST));
    assert_string_equal(row_of(out, "T4")->account_id, row_of(out, "T3")->account_id);
    assert_string_equal(row_of(out, "T4")->code, "");
    assert_int_equal(strlen(row_of(out, "T2")->code), 19);
    assert_int_equal(
        count(desk, arena_printf(desk->arena,
                                 "select count(*) from account a join account_post p on p.account_id = a.id"
                                 " where a.id = '%s' and a.person_id is not null and a.code_hash is not null",
                                 row_of(out, "T3")->account_id)),
        2);
    assert_int_equal(count(desk, arena_printf(desk->arena, "select count(*) from audit where action = '%s'",
                                              organizations_create_ledger_accounts.name)),
                     3);
    out = (LedgerAccounts *)must(desk, &organizations_create_ledger_accounts, &in->base);
    assert_int_equal(out->n_items, 0);
    assert_int_equal(out->filled, 3);
}

static void
slips_carry_the_codes_and_no_markup_of_others(void **state)
{
    struct desk *desk = *state;
    LedgerAccountsRequest *in = below(desk, "T", "");
    LedgerAccounts *out;

    test_pg_run(desk->pg, "organizations",
                "update account_post p set until = since from organization o"
                " where o.id = p.organization_id and o.code = 'T2'");
    test_pg_run(desk->pg, "organizations",
                "update account set person_id = null, locked_at = now() where name = 't2-secretary'");
    out = (LedgerAccounts *)must(desk, &organizations_create_ledger_accounts, &in->base);
    assert_string_equal(row_of(out, "T2")->account_name, "t2-secretary-2");
    assert_non_null(strstr(out->slips_html, row_of(out, "T2")->code));
    assert_non_null(strstr(out->slips_html, row_of(out, "T")->code));
    assert_non_null(strstr(out->slips_html, "&lt;乙&gt;党支部"));
    assert_null(strstr(out->slips_html, "<乙>"));
    assert_null(strstr(out->slips_html, "<script"));
}

static void
accounts_are_listed_within_the_scope(void **state)
{
    struct desk *desk = *state;
    struct actor city = desk->actor;
    ListAccountsRequest *in = list_accounts_request_new(desk->arena);
    AccountPage *page;
    size_t seen = 0;

    in->limit = 2;
    do {
        page = (AccountPage *)must(desk, &organizations_list_accounts, &in->base);
        seen += page->n_items;
        in->cursor = page->next_cursor;
    } while (in->cursor[0]);
    assert_int_equal(seen, count(desk, "select count(*) from account"));
    in->cursor = wire_text("");
    in->name = wire_text("t2-");
    page = (AccountPage *)must(desk, &organizations_list_accounts, &in->base);
    assert_int_equal(page->n_items, 2);
    assert_int_equal(page->items[1]->n_posts, 1);
    assert_string_equal(page->items[1]->posts[0]->role, "branch_secretary");
    assert_false(page->items[1]->has_password);
    desk_act_at(desk, "V");
    assert_int_equal(((AccountPage *)must(desk, &organizations_list_accounts, &in->base))->n_items, 0);
    desk->actor = city;
}

static void
roles_say_what_they_may_and_what_they_exclude(void **state)
{
    struct desk *desk = *state;
    ListRolesRequest *in = list_roles_request_new(desk->arena);
    RoleList *out = (RoleList *)must(desk, &organizations_list_roles, &in->base);
    size_t exclusive = 0;

    assert_int_equal(out->n_items, count(desk, "select count(*) from role"));
    for (size_t i = 0; i < out->n_items; i++) {
        assert_true(out->items[i]->n_permissions > 0);
        exclusive += out->items[i]->excludes[0] != '\0';
    }
    assert_int_equal(exclusive, 5);
}

static size_t
overdue(struct desk *desk)
{
    ReviewPostsRequest *in = review_posts_request_new(desk->arena);

    in->overdue = true;
    return ((PostPage *)must(desk, &organizations_review_posts, &in->base))->n_items;
}

static ReviewSigned *
sign(struct desk *desk, char **posts, size_t n_posts, ReviewVerdict verdict)
{
    SignReviewRequest *in = sign_review_request_new(desk->arena);

    in->post_ids = posts;
    in->n_post_ids = n_posts;
    in->verdict = verdict;
    return (ReviewSigned *)must(desk, &organizations_sign_review, &in->base);
}

static void
what_nobody_signs_for_in_90_days_is_overdue(void **state)
{
    struct desk *desk = *state;
    char *mine = text_of(desk, "select p.id from account_post p join account a on a.id = p.account_id"
                               " where a.name = 'city_clerk'");
    char *old = text_of(desk, "select p.id from account_post p join account a on a.id = p.account_id"
                              " where a.name = 't2-secretary-2'");
    char *over = text_of(desk, "select p.id from account_post p join account a on a.id = p.account_id"
                               " where a.name = 't2-secretary'");
    char *posts[] = { old, mine, over, arena_text(desk->arena, NOBODY) };
    ReviewSigned *out;

    assert_int_equal(overdue(desk), 0);
    test_pg_run(desk->pg, "organizations",
                arena_printf(desk->arena, "update account_post set since = since - 90 where id = '%s'", old));
    assert_int_equal(overdue(desk), 1);
    out = sign(desk, posts, 4, VERDICT(TO_END));
    assert_int_equal(out->signed_for, 1);
    assert_string_equal(out->items[0]->code, "");
    assert_string_equal(out->items[1]->code, "own-account");
    assert_string_equal(out->items[2]->code, "post-over");
    assert_string_equal(out->items[3]->code, "not-found");
    assert_int_equal(overdue(desk), 0);
    test_pg_run(desk->pg, "organizations", "update post_review_history set at = at - interval '90 days'");
    assert_int_equal(overdue(desk), 1);
    assert_int_equal(
        count(desk, arena_printf(desk->arena, "select count(*) from audit where action = '%s' and object_id = '%s'",
                                 organizations_sign_review.name, old)),
        1);
}

static void
a_review_reaches_neither_up_nor_beside(void **state)
{
    struct desk *desk = *state;
    struct actor city = desk->actor;
    char *above = text_of(desk, "select p.id from account_post p join account a on a.id = p.account_id"
                                " where a.name = 't-clerk'");
    ReviewSigned *out;

    desk_act_at(desk, "V");
    out = sign(desk, &above, 1, VERDICT(KEPT));
    assert_string_equal(out->items[0]->code, "not-found");
    desk_act_at(desk, "T");
    desk->actor.role = "branch_secretary";
    desk->actor.account = (struct id){ .bytes = { 1 } };
    out = sign(desk, &above, 1, VERDICT(KEPT));
    assert_string_equal(out->items[0]->code, "denied");
    desk->actor = city;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_proposal_changes_nothing),
        cmocka_unit_test(scope_rank_and_role_are_judged),
        cmocka_unit_test(everybody_gets_one_account_and_one_code),
        cmocka_unit_test(slips_carry_the_codes_and_no_markup_of_others),
        cmocka_unit_test(accounts_are_listed_within_the_scope),
        cmocka_unit_test(roles_say_what_they_may_and_what_they_exclude),
        cmocka_unit_test(what_nobody_signs_for_in_90_days_is_overdue),
        cmocka_unit_test(a_review_reaches_neither_up_nor_beside),
    };

    return cmocka_run_group_tests(tests, open_branches, desk_close_town);
}
