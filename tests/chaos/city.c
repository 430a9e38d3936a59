/* SPDX-License-Identifier: Apache-2.0 */
/* The generated city. The main thread, before anything is broken. */
#include "city.h"

#include <stdio.h>

#include "support/cmocka_all.h"
#include "support/people.h"

static const char regions[] = "code,name\n320697,混沌区\n320697001,一镇\n320697002,二镇\n";

static void
write_organizations(FILE *out)
{
    fputs("组织编码,组织名称,组织类型,上级组织编码,组建方式,区划代码,所在园区,成立日期,届满日期,书记姓名,联系电话,"
          "预备党员审批权\n",
          out);
    for (int c = 1; c <= COMMITTEES; c++) {
        fprintf(out, "C%d,第%d综合党委,党委,,区域建,32069700%d,,2015-03-01,,任锦,17018418097,2015-03-01\n", c, c, c);
        for (int b = 0; b < BRANCHES_EACH; b++)
            fprintf(out,
                    "C%d%02d,第%d党委%d支部,党支部,C%d,单独组建,32069700%d,,2016-05-18,2027-05-18,任锦,17786416481,\n",
                    c, b, c, b, c, c);
    }
}

static void
load(struct city *city, int members_each)
{
    char *text;
    size_t size;
    FILE *ledger = open_memstream(&text, &size);

    write_organizations(ledger);
    fclose(ledger);
    api_load(&city->api, "regions", regions);
    api_load(&city->api, "organizations", text);
    free(text);
    ledger = open_memstream(&text, &size);
    people_head(ledger);
    for (int i = 0; i < BRANCHES * members_each; i++) {
        char code[16];

        snprintf(code, sizeof code, "C%d%02d", 1 + i % COMMITTEES, i / COMMITTEES % BRANCHES_EACH);
        people_row(ledger, i, code);
    }
    fclose(ledger);
    api_load(&city->api, "members", text);
    free(text);
}

/* Finds the organization of this code and makes its account, under the code as its name. */
static void
appoint_one(struct city *city, const char *code, const char *role, struct place *ret_place)
{
    api_organization(&city->api, code, ret_place->id);
    api_account(&city->api, code, role, ret_place->id, ret_place->token);
}

static void
appoint(struct city *city)
{
    char code[16];

    for (int i = 0; i < COMMITTEES; i++) {
        snprintf(code, sizeof code, "C%d", 1 + i);
        appoint_one(city, code, "committee_clerk", &city->committee[i]);
    }
    for (int i = 0; i < BRANCHES; i++) {
        snprintf(code, sizeof code, "C%d%02d", 1 + i / BRANCHES_EACH, i % BRANCHES_EACH);
        appoint_one(city, code, "branch_secretary", &city->branch[i]);
    }
}

static void
name_members(struct city *city, struct test_pg *pg)
{
    char *rows =
        test_pg_text(pg, "transfers", "select string_agg(id || ' ' || organization_id, ' ' order by id) from member");
    int n = 0;

    for (char *id = strtok(rows, " "); id; id = strtok(NULL, " ")) {
        snprintf(city->members[n].id, sizeof city->members[n].id, "%s", id);
        city->members[n++].branch = city_branch(city, strtok(NULL, " "));
    }
    assert_int_equal(n, city->n_members);
    free(rows);
}

void
city_found(struct city *city, struct test_pg *pg, int members_each)
{
    city->n_members = BRANCHES * members_each;
    city->members = calloc((size_t)city->n_members, sizeof *city->members);
    load(city, members_each);
    appoint(city);
    test_pg_await(pg, "transfers", "select count(*) from member", city->n_members);
    name_members(city, pg);
}

static int
find(const struct place *places, int n, const char *id)
{
    for (int i = 0; id && i < n; i++)
        if (strcmp(places[i].id, id) == 0)
            return i;
    return -1;
}

int
city_branch(const struct city *city, const char *id)
{
    return find(city->branch, BRANCHES, id);
}

int
city_committee(const struct city *city, const char *id)
{
    return find(city->committee, COMMITTEES, id);
}
