/* SPDX-License-Identifier: Apache-2.0 */
/* Open work of organizations: one's own imports, posts that end, reviews and terms as one item with their number. */
#include <liangxin/organizations/v1/organizations.facts.h>

#include "desk.h"
#include "organizations/organizations/job_terms.h"
#include "organizations/work/job_ends.h"

#define BOX(name) LIANGXIN__WORK__V1__WORK_BOX__WORK_BOX_##name

static const char *const city_may[] = { "import.run", "account.manage", "term.manage" };

static void
may(struct desk *desk, size_t count)
{
    desk->actor.permissions = city_may;
    desk->actor.n_permissions = count;
}

static WorkPage *
list(struct desk *desk, WorkBox box, uint32_t limit, const char *cursor)
{
    ListWorkRequest *in = list_work_request_new(desk->arena);
    ProtobufCMessage *out;

    in->box = box;
    in->limit = limit;
    in->days = 10;
    in->cursor = wire_text(cursor);
    assert_null(desk_call(desk, desk_method(&organizations_list_work), &in->base, 0, &out));
    return (WorkPage *)out;
}

static WorkCounts *
counts(struct desk *desk)
{
    CountWorkRequest *in = count_work_request_new(desk->arena);
    ProtobufCMessage *out;

    assert_null(desk_call(desk, desk_method(&organizations_count_work), &in->base, 0, &out));
    return (WorkCounts *)out;
}

/* The only item of this kind in the box; NULL: there is none. */
static const WorkItem *
find(struct desk *desk, WorkBox box, const char *kind)
{
    WorkPage *page = list(desk, box, 0, NULL);
    const WorkItem *found = NULL;

    for (size_t i = 0; i < page->n_items; i++)
        if (strcmp(page->items[i]->kind, kind) == 0) {
            assert_null(found);
            found = page->items[i];
        }
    return found;
}

static void
run(struct desk *desk, const char *sql)
{
    test_pg_run(desk->pg, "organizations", sql);
}

static void
terms_over_are_one_item_with_their_number(void **state)
{
    struct desk *desk = *state;
    const WorkItem *item;

    may(desk, 3);
    assert_null(find(desk, BOX(WAITING), "terms"));
    run(desk, "update organization set term_ends_on = '2026-01-31' where code in ('T', 'T1', 'V')");
    item = find(desk, BOX(WAITING), "terms");
    assert_int_equal(item->count, 3);
    assert_true(item->overdue);
    assert_string_equal(item->due_on, "2026-01-31");
    assert_string_equal(item->next_event, "renew");
    assert_non_null(find(desk, BOX(DUE_SOON), "terms"));
    desk_act_at(desk, "T1");
    assert_int_equal(find(desk, BOX(WAITING), "terms")->count, 1);
    may(desk, 2);
    assert_null(find(desk, BOX(WAITING), "terms"));
}

static void
an_import_waits_for_whoever_sent_it(void **state)
{
    struct desk *desk = *state;
    struct id own = desk->actor.account;
    Import *import;
    uint32_t done;

    may(desk, 3);
    done = counts(desk)->done;
    import = desk_upload_text(desk, LEDGER(REGIONS), "code,name\n320698,另一区\n");
    assert_string_equal(find(desk, BOX(WAITING), "import")->id, import->id);
    assert_string_equal(find(desk, BOX(WAITING), "import")->next_event, "commit");
    desk->actor.account = (struct id){ { 1 } };
    assert_null(find(desk, BOX(WAITING), "import"));
    desk->actor.account = own;
    desk_commit(desk, import, false);
    assert_null(find(desk, BOX(WAITING), "import"));
    assert_int_equal(counts(desk)->done, done + 1);
}

static void
a_failed_import_waits_until_the_ledger_is_sent_again(void **state)
{
    struct desk *desk = *state;
    Import *import;

    may(desk, 3);
    import = desk_upload_text(desk, LEDGER(REGIONS), "no,such,heading\n1,2,3\n");
    assert_int_equal(import->state, STATE(FAILED));
    assert_string_equal(find(desk, BOX(WAITING), "import")->state, "failed");
    desk_commit(desk, desk_upload_text(desk, LEDGER(REGIONS), "code,name\n320697,第三区\n"), false);
    assert_null(find(desk, BOX(WAITING), "import"));
}

/* Two posts at T1 that end in 5 and in 50 days; T has a clerk. */
static void
a_post_that_ends_waits_for_the_nearest_manager(void **state)
{
    struct desk *desk = *state;

    may(desk, 3);
    run(desk, "insert into account (id, name, created_at) values"
              " ('00000000-0000-7000-8000-0000000000a1', 'one', now()),"
              " ('00000000-0000-7000-8000-0000000000a2', 'two', now()),"
              " ('00000000-0000-7000-8000-0000000000a3', 'clerk', now());"
              "insert into account_post (id, account_id, role, organization_id, since, until)"
              " select gen_random_uuid(), ('00000000-0000-7000-8000-0000000000' || v.a)::uuid, v.role, o.id,"
              "        current_date - 1, current_date + v.days"
              "   from (values ('a1', 'branch_secretary', 'T1', 5), ('a2', 'branch_secretary', 'T1', 50))"
              "        v (a, role, code, days) join organization o on o.code = v.code");
    assert_string_equal(find(desk, BOX(WAITING), "post")->number, "branch_secretary");
    run(desk, "insert into account_post (id, account_id, role, organization_id, since)"
              " select gen_random_uuid(), '00000000-0000-7000-8000-0000000000a3', 'committee_clerk', id,"
              "        current_date - 1 from organization where code = 'T'");
    assert_null(find(desk, BOX(WAITING), "post"));
    desk_act_at(desk, "T");
    desk->actor.role = "committee_clerk";
    assert_false(find(desk, BOX(DUE_SOON), "post")->overdue);
}

static void
overdue_reviews_are_one_item(void **state)
{
    struct desk *desk = *state;

    may(desk, 3);
    assert_null(find(desk, BOX(WAITING), "post_review"));
    run(desk, "update account_post set since = current_date - 100 where role = 'branch_secretary'");
    assert_int_equal(find(desk, BOX(WAITING), "post_review")->count, 2);
}

static void
pages_show_each_item_once(void **state)
{
    struct desk *desk = *state;
    char seen[256] = "";
    WorkPage *page;
    const char *cursor = "";

    may(desk, 3);
    desk_upload_text(desk, LEDGER(REGIONS), "code,name\n320696,第四区\n");
    do {
        page = list(desk, BOX(WAITING), 1, cursor);
        assert_int_equal(page->n_items, 1);
        strncat(seen, page->items[0]->kind, sizeof seen - strlen(seen) - 2);
        strcat(seen, " ");
        cursor = page->next_cursor;
    } while (cursor[0]);
    assert_string_equal(seen, "import post post_review terms ");
    assert_int_equal(counts(desk)->waiting, 4);
}

/* T1 lies below T; T and V below the city. */
static void
a_superior_is_told_of_terms_once_in_one_summary(void **state)
{
    struct desk *desk = *state;
    bool more;

    run(desk, "update organization set term_ends_on = '2026-01-31' where code in ('T', 'T1', 'V');"
              "update import set state = 'committing' where state = 'succeeded' and ledger = 'organizations'");
    assert_null(desk_step(desk, job_terms, &more));
    assert_int_equal(test_pg_number(desk->pg, "organizations", "select count(*) from outbox where type = 'TermsOver'"),
                     0);
    run(desk, "update import set state = 'succeeded' where state = 'committing'");
    for (int again = 0; again < 2; again++) {
        assert_null(desk_step(desk, job_terms, &more));
        assert_int_equal(
            test_pg_number(desk->pg, "organizations", "select count(*) from outbox where type = 'TermsOver'"), 2);
    }
    run(desk, "update organization set term_ends_on = '2026-02-28' where code = 'V'");
    assert_null(desk_step(desk, job_terms, &more));
    assert_int_equal(test_pg_number(desk->pg, "organizations", "select max(version) from term_summary"), 2);
    assert_int_equal(test_pg_number(desk->pg, "organizations", "select count(*) from term_notice_history"), 4);
}

static int64_t
told(struct desk *desk, const char *type)
{
    return test_pg_number(
        desk->pg, "organizations",
        arena_printf(desk->arena, "select count(*) from outbox where type = '%s' and version = 1", type));
}

/* The imports that made this town are told, one by one; a second run finds nothing new. */
static void
what_is_over_is_told_once(void **state)
{
    struct desk *desk = *state;
    int64_t imports =
        test_pg_number(desk->pg, "organizations", "select count(*) from import where state in ('succeeded', 'failed')");
    bool more;

    assert_true(imports > 0);
    run(desk, "update account_post set end_told = true where until is not null;"
              "insert into account_post (id, account_id, role, organization_id, since, until)"
              " select gen_random_uuid(), '00000000-0000-7000-8000-0000000000a2', 'instructor', id,"
              "        date '2026-01-01', date '2026-01-31' from organization where code = 'T1'");
    for (int again = 0; again < 2; again++) {
        assert_null(desk_step(desk, job_ends, &more));
        assert_false(more);
        assert_int_equal(told(desk, "ImportFinished"), imports);
        assert_int_equal(told(desk, "PostEnded"), 1);
    }
    desk_upload_text(desk, LEDGER(REGIONS), "no,such,heading\n1,2,3\n");
    assert_null(desk_step(desk, job_ends, &more));
    assert_int_equal(told(desk, "ImportFinished"), imports + 1);
}

static int
back_to_the_city(void **state)
{
    struct desk *desk = *state;
    char *id = test_pg_text(desk->pg, "organizations", "select organization_id from account_post order by id limit 1");

    run(desk, "update account_post set until = current_date - 1, since = current_date - 1"
              " where role = 'committee_clerk'");
    (void)id_parse(slice_of(id), &desk->actor.organization);
    free(id);
    desk->actor.role = "city_clerk";
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(an_import_waits_for_whoever_sent_it, back_to_the_city),
        cmocka_unit_test_setup(a_failed_import_waits_until_the_ledger_is_sent_again, back_to_the_city),
        cmocka_unit_test_setup(terms_over_are_one_item_with_their_number, back_to_the_city),
        cmocka_unit_test_setup(a_post_that_ends_waits_for_the_nearest_manager, back_to_the_city),
        cmocka_unit_test_setup(overdue_reviews_are_one_item, back_to_the_city),
        cmocka_unit_test_setup(pages_show_each_item_once, back_to_the_city),
        cmocka_unit_test(a_superior_is_told_of_terms_once_in_one_summary),
        cmocka_unit_test(what_is_over_is_told_once),
    };

    return cmocka_run_group_tests(tests, desk_open_town, desk_close_town);
}
