/* SPDX-License-Identifier: Apache-2.0 */
/* The two towns' ledgers, as clerks keep them. People are invented; the identity numbers use an unassigned region. */
#include "e2e/two_towns.h"

#include <poll.h>
#include <stdio.h>

#include "support/cmocka_all.h"

#define AWAIT_MS 10000
#define TICK_MS  20

static const char regions[] = "code,name\n320697,东西区\n320697001,东镇\n320697002,西镇\n320697004,北镇\n";

static const char organizations[] =
    "组织编码,组织名称,组织类型,上级组织编码,组建方式,区划代码,所在园区,成立日期,届满日期,书记姓名,联系电话,"
    "预备党员审批权\n"
    "E1,东镇综合党委,党委,,区域建,320697001,,2015-03-01,,任锦,17018418097,2015-03-01\n"
    "E101,东方制鞋有限公司党支部,党支部,E1,单独组建,320697001,,2016-05-18,2027-05-18,莫思影,17786416481,\n"
    "E102,东光软件有限公司党支部,党支部,E1,单独组建,320697001,,2017-05-18,2027-05-18,桂琼,17786416482,\n"
    "W1,西镇综合党委,党委,,区域建,320697002,,2015-03-01,,袁德琴,17522037996,2015-03-01\n"
    "W101,西岭食品有限公司党支部,党支部,W1,单独组建,320697002,,2016-05-18,2027-05-18,于腾,17786416483,\n"
    "N1,北镇综合党委,党委,,区域建,320697004,,2015-03-01,,祁望,17522037997,2015-03-01\n";

static const char units[] =
    "统一社会信用代码,单位名称,单位类型,行业,区划代码,所在园区,经营状况,职工人数,业主姓名,业主是否党员,党组织编码,"
    "覆盖方式,党建工作指导员\n"
    "91320698MANQ51XWQ1,东方制鞋有限公司,非公有制企业,制鞋,320697001,,正常经营,37,唐薇寒,否,E101,单独组建,\n"
    "91320698MAP7QFWYR3,东光软件有限公司,非公有制企业,软件,320697001,,正常经营,28,严柔青,否,E102,单独组建,\n"
    "91320698MALA0QTUDU,西岭食品有限公司,非公有制企业,食品加工,320697002,,正常经营,146,游海祥,是,W101,单独组建,\n";

static const char members[] = "姓名,性别,民族,公民身份号码,出生日期,学历,入党日期,转正日期,党员类型,组织编码,"
                              "工作单位代码,手机号码,党内职务,人员类别,党费计算基数,流动党员\n"
                              "莫思影,女,汉族,320698200203126949,2002-03-12,高中,2024-05-15,2025-05-15,正式党员,E101,"
                              "91320698MANQ51XWQ1,17342840920,书记,在职,5048.68,否\n"
                              "桂琼,男,汉族,320698200304212571,2003-04-21,大学本科,2021-11-01,2022-11-01,正式党员,E102,"
                              "91320698MAP7QFWYR3,13597293128,书记,在职,14109.81,否\n"
                              "于腾,男,汉族,320698197502272415,1975-02-27,大专,2008-06-16,2009-06-16,正式党员,W101,"
                              "91320698MALA0QTUDU,13452765329,书记,在职,19210.3,否\n";

static void
load_accounts(struct api *api, struct two_towns *towns)
{
    api_organization(api, "E1", towns->east);
    api_organization(api, "E101", towns->east_branch);
    api_organization(api, "E102", towns->east_second);
    api_organization(api, "W1", towns->west);
    api_organization(api, "W101", towns->west_branch);
    api_organization(api, "N1", towns->north);
    api_account(api, "east_clerk", "committee_clerk", towns->east, towns->east_clerk);
    api_account(api, "east_secretary", "branch_secretary", towns->east_branch, towns->east_secretary);
    api_account(api, "west_clerk", "committee_clerk", towns->west, towns->west_clerk);
    api_account(api, "west_secretary", "branch_secretary", towns->west_branch, towns->west_secretary);
}

void
two_towns_load(struct api *api, struct two_towns *ret_towns)
{
    api_load(api, "regions", regions);
    api_load(api, "organizations", organizations);
    api_load(api, "units", units);
    api_load(api, "members", members);
    load_accounts(api, ret_towns);
    api_member(api, ret_towns->east_branch, ret_towns->member);
}

static struct test_reply
draft(struct api *api, const struct two_towns *towns)
{
    char body[256];

    snprintf(body, sizeof body, "{\"member_id\":\"%s\",\"to_committee_id\":\"%s\",\"reason\":\"work_unit_changed\"}",
             towns->member, towns->west);
    /* transfers knows the member once the news has arrived there */
    for (int waited = 0; waited < AWAIT_MS; waited += TICK_MS) {
        struct test_reply reply = api_post(api, towns->east_secretary, "/transfers", 0, body);

        if (reply.status == 201)
            return reply;
        if (reply.status != 404)
            fail_msg("draft: %ld %s", reply.status, reply.body ? reply.body : "");
        test_reply_done(&reply);
        poll(NULL, 0, TICK_MS);
    }
    fail_msg("transfers does not learn of the member");
    return (struct test_reply){ 0 };
}

long
two_towns_agreed(struct api *api, const struct two_towns *towns, char ret_letter[64])
{
    struct test_reply reply = draft(api, towns);
    long version = test_reply_number(&reply, "version");

    snprintf(ret_letter, 64, "%s", test_reply_text(&reply, "id"));
    test_reply_done(&reply);
    version = api_step(api, towns->east_secretary, ret_letter, "submit", version, "{}", "submitted");
    return api_step(api, towns->east_secretary, ret_letter, "agree", version, "{\"dues_paid_to\":\"2026-10\"}",
                    "agreed");
}

int
two_towns_open(void **state)
{
    struct two_towns_world *world = calloc(1, sizeof *world);

    assert_non_null(world);
    world->pg = test_pg_open();
    world->system = test_system_new(world->pg);
    api_open(&world->api, world->system);
    test_system_start_all(world->system);
    two_towns_load(&world->api, &world->towns);
    *state = world;
    return 0;
}

int
two_towns_close(void **state)
{
    struct two_towns_world *world = *state;

    test_system_free(world->system);
    test_pg_close(world->pg);
    free(world);
    return 0;
}
