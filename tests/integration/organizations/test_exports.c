/* SPDX-License-Identifier: Apache-2.0 */
/* Ledgers given out: what comes out goes in again and changes nothing. */
#include <liangxin/organizations/v1/organizations.facts.h>

#include "daemon/document_queue.h"
#include "desk.h"
#include "io/clock.h"
#include "organizations/exports/job_exports.h"

#define STEPS        50 /* more than any export of the sample needs */
#define FORMAT(name) LIANGXIN__ORGANIZATIONS__V1__EXPORT_FORMAT__EXPORT_FORMAT_##name
#define EXPORT(name) LIANGXIN__ORGANIZATIONS__V1__EXPORT_STATE__EXPORT_STATE_##name
#define REASON       "核对党员信息"

static const char *const may_all[] = { "organization.read", "unit.read", "member.read", "member.reveal" };

static int
open_with_sample(void **state)
{
    struct desk *desk = desk_open();

    desk_load(desk, "township");
    desk_load(desk, "district");
    *state = desk;
    return 0;
}

/* Every test begins as the city clerk. */
static int
be_the_city(void **state)
{
    struct desk *desk = *state;

    desk_act_at(desk, "ROOT");
    desk->actor.permissions = may_all;
    desk->actor.n_permissions = sizeof may_all / sizeof *may_all;
    return 0;
}

static status_t
ask(struct desk *desk, const CreateExportRequest *in, Export **ret_export)
{
    ProtobufCMessage *out = NULL;
    status_t st = desk_call(desk, desk_method(&organizations_create_export), &in->base, 0, &out);

    *ret_export = (Export *)out;
    return st;
}

static Export *
look(struct desk *desk, const char *id, const struct rpc_method *method)
{
    ExportId *in = export_id_new(desk->arena);
    ProtobufCMessage *out = NULL;

    in->id = wire_text(id);
    assert_null(desk_call(desk, desk_method(method), &in->base, 0, &out));
    return (Export *)out;
}

static Export *
make(struct desk *desk, CreateExportRequest *in)
{
    bool more;
    Export *made;

    assert_null(ask(desk, in, &made));
    assert_int_equal(made->state, EXPORT(QUEUED));
    for (int i = 0; i < STEPS && made->state != EXPORT(SUCCEEDED); i++) {
        assert_null(desk_step(desk, job_exports, &more));
        made = look(desk, made->id, &organizations_get_export);
        assert_int_not_equal(made->state, EXPORT(FAILED));
    }
    assert_int_equal(made->state, EXPORT(SUCCEEDED));
    return made;
}

static FileContent *
content_from(struct desk *desk, const char *id, size_t at)
{
    GetFileContentRequest *in = get_file_content_request_new(desk->arena);
    ProtobufCMessage *out = NULL;

    in->id = wire_text(id);
    in->offset = (int64_t)at;
    assert_null(desk_call(desk, desk_method(&organizations_get_file_content), &in->base, 0, &out));
    return (FileContent *)out;
}

static struct slice
fetch(struct desk *desk, const Export *made)
{
    FileContent *piece = content_from(desk, made->file_id, 0);
    char *bytes = arena_alloc(desk->arena, (size_t)piece->size + 1);
    size_t size = 0;

    while (size < (size_t)piece->size) {
        piece = content_from(desk, made->file_id, size);
        assert_true(piece->data.len > 0);
        memcpy(bytes + size, piece->data.data, piece->data.len);
        size += piece->data.len;
    }
    return slice_make(bytes, size);
}

static CreateExportRequest *
wish(struct desk *desk, Ledger ledger, ExportFormat format, const char *reason)
{
    CreateExportRequest *in = create_export_request_new(desk->arena);

    in->ledger = ledger;
    in->format = format;
    in->reason = wire_text(reason);
    return in;
}

static void
comes_back_as_it_is(struct desk *desk, CreateExportRequest *in, int64_t rows)
{
    Export *made = make(desk, in);
    Import *import = desk_upload(desk, in->ledger, fetch(desk, made));

    assert_int_equal(made->done, rows);
    assert_int_equal(made->total, rows);
    assert_int_equal(import->state, STATE(VALIDATED));
    assert_int_equal(import->read, rows);
    assert_int_equal(import->unchanged, rows);
    import = desk_commit(desk, import, false);
    assert_int_equal(import->unchanged, rows);
}

static void
comes_back_unchanged(struct desk *desk, Ledger ledger, ExportFormat format, int64_t rows)
{
    comes_back_as_it_is(desk, wish(desk, ledger, format, ledger == LEDGER(MEMBERS) ? REASON : NULL), rows);
}

static void
every_row_of_both_samples_comes_back_unchanged(void **state)
{
    static const ExportFormat formats[] = { FORMAT(CSV), FORMAT(XLSX) };
    struct desk *desk = *state;

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        comes_back_unchanged(desk, LEDGER(REGIONS), formats[i], 5);
        comes_back_unchanged(desk, LEDGER(ORGANIZATIONS), formats[i], 269 + 71);
        comes_back_unchanged(desk, LEDGER(UNITS), formats[i], 836 + 300);
        comes_back_unchanged(desk, LEDGER(MEMBERS), formats[i], 1192 + 507);
    }
}

static void
a_district_gets_its_own_rows(void **state)
{
    struct desk *desk = *state;

    desk_act_at(desk, "D0001");
    comes_back_unchanged(desk, LEDGER(REGIONS), FORMAT(XLSX), 3);
    comes_back_unchanged(desk, LEDGER(ORGANIZATIONS), FORMAT(XLSX), 71);
    comes_back_unchanged(desk, LEDGER(UNITS), FORMAT(XLSX), 300);
    comes_back_unchanged(desk, LEDGER(MEMBERS), FORMAT(XLSX), 507);
}

static void
an_organization_narrows_it_and_a_foreign_one_is_not_there(void **state)
{
    struct desk *desk = *state;
    CreateExportRequest *in = wish(desk, LEDGER(ORGANIZATIONS), FORMAT(CSV), NULL);
    Export *made;

    in->organization_id = desk_organization(desk, "D00010001")->id;
    assert_int_equal(make(desk, in)->done,
                     test_pg_number(desk->pg, "organizations",
                                    "select count(*) from organization_line l join organization o on o.id = l.ancestor"
                                    " where o.code = 'D00010001'"));
    desk_act_at(desk, "Z0001");
    assert_true(status_is(ask(desk, in, &made), PROBLEM_NOT_FOUND));
}

/* --- what the lists are narrowed by --------------------------------------------------------------------------------
 */

static void
a_filter_narrows_it_and_it_comes_back_unchanged(void **state)
{
    struct desk *desk = *state;
    CreateExportRequest *in = wish(desk, LEDGER(ORGANIZATIONS), FORMAT(XLSX), NULL);

    in->superior_id = desk_organization(desk, "D0001")->id;
    comes_back_as_it_is(desk, in,
                        test_pg_number(desk->pg, "organizations",
                                       "select count(*) from relation r join organization o on o.id = r.superior_id"
                                       " where o.code = 'D0001' and r.kind = 'line' and r.until is null"));
    in = wish(desk, LEDGER(ORGANIZATIONS), FORMAT(CSV), NULL);
    in->code = wire_text("D00010001");
    comes_back_as_it_is(desk, in, 1);
    in = wish(desk, LEDGER(UNITS), FORMAT(CSV), NULL);
    in->code = wire_text("52320699MAR05UMW1C");
    comes_back_as_it_is(desk, in, 1);
}

static void
a_filter_that_a_ledger_does_not_know_is_refused(void **state)
{
    struct desk *desk = *state;
    CreateExportRequest *in = wish(desk, LEDGER(MEMBERS), FORMAT(CSV), NULL);
    Export *made;

    in->code = wire_text("E1");
    assert_true(status_is(ask(desk, in, &made), PROBLEM_UNKNOWN_PARAMETER));
    in = wish(desk, LEDGER(REGIONS), FORMAT(CSV), NULL);
    in->as_of = wire_text("2026-01-01");
    assert_true(status_is(ask(desk, in, &made), PROBLEM_UNKNOWN_PARAMETER));
    in = wish(desk, LEDGER(UNITS), FORMAT(CSV), NULL);
    in->as_of = wire_text("2999-01-01");
    assert_true(status_is(ask(desk, in, &made), PROBLEM_OUT_OF_RANGE));
}

static char *
day_before(struct desk *desk, int days)
{
    char *text = arena_alloc(desk->arena, DATE_SIZE);

    date_format(instant_date(clock_now()) - days, text);
    return text;
}

/* Forty days ago all was as it is, but that one member and one unit of D00010002 were of D00010001. */
#define HISTORY                                                                                                        \
    "update membership set since = since - interval '40 days';"                                                        \
    "update relation set since = since - 40; update organization_period set since = since - 40;"                       \
    "update unit_period set since = since - 40; update approval_power set since = since - 40;"                         \
    "update post set since = since - 40; update floating_period set since = since - 40;"                               \
    "with moved as (select s.member_id, s.organization_id, f.id as former from membership s"                           \
    "  join organization o on o.id = s.organization_id and o.code like 'D00010002%', organization f"                   \
    "  where f.code = 'D00010001' order by s.member_id limit 1),"                                                      \
    " ended as (update membership s set until = since + interval '20 days', organization_id = moved.former"            \
    "  from moved where s.member_id = moved.member_id returning s.*)"                                                  \
    " insert into membership (member_id, organization_id, since)"                                                      \
    "  select e.member_id, m.organization_id, e.until from ended e join moved m using (member_id);"

static int64_t
members_of(struct desk *desk, const char *code, char *as_of)
{
    CreateExportRequest *in = wish(desk, LEDGER(MEMBERS), FORMAT(CSV), NULL);
    Export *made;

    in->organization_id = desk_organization(desk, code)->id;
    in->as_of = as_of;
    made = make(desk, in);
    assert_int_equal(made->total, made->done);
    assert_string_equal(made->as_of, as_of);
    return made->done;
}

/* Runs last: it changes what is known of the past. */
static void
a_day_that_is_over_is_given_as_it_was(void **state)
{
    static const Ledger ledgers[] = { LEDGER(ORGANIZATIONS), LEDGER(UNITS), LEDGER(MEMBERS) };
    static const int64_t rows[] = { 269 + 71, 836 + 300, 1192 + 507 };
    struct desk *desk = *state;
    int64_t first = members_of(desk, "D00010001", wire_text(NULL));
    int64_t second = members_of(desk, "D00010002", wire_text(NULL));

    test_pg_run(desk->pg, "organizations", HISTORY);
    assert_int_equal(members_of(desk, "D00010001", wire_text(NULL)), first);
    assert_int_equal(members_of(desk, "D00010001", day_before(desk, 30)), first + 1);
    assert_int_equal(members_of(desk, "D00010002", day_before(desk, 30)), second - 1);
    assert_int_equal(members_of(desk, "D00010001", day_before(desk, 10)), first);
    assert_int_equal(members_of(desk, "D00010001", day_before(desk, 50)), 0);
    for (size_t i = 0; i < sizeof ledgers / sizeof *ledgers; i++) {
        CreateExportRequest *in = wish(desk, ledgers[i], FORMAT(CSV), ledgers[i] == LEDGER(MEMBERS) ? REASON : NULL);

        in->as_of = day_before(desk, 10); /* nothing has changed since */
        comes_back_as_it_is(desk, in, rows[i]);
        in->as_of = day_before(desk, 0);
        comes_back_as_it_is(desk, in, rows[i]);
    }
}

/* --- masks ---------------------------------------------------------------------------------------------------------
 */

static bool
holds(struct slice bytes, const char *text)
{
    return memmem(bytes.data, bytes.size, text, strlen(text)) != NULL;
}

static void
numbers_are_masked_without_a_reason(void **state)
{
    struct desk *desk = *state;
    struct slice masked = fetch(desk, make(desk, wish(desk, LEDGER(MEMBERS), FORMAT(CSV), NULL)));
    struct slice whole = fetch(desk, make(desk, wish(desk, LEDGER(MEMBERS), FORMAT(CSV), REASON)));

    assert_true(holds(masked, "320699********1130"));
    assert_true(holds(masked, "139****7313"));
    assert_false(holds(masked, "320699198211191130"));
    assert_false(holds(masked, "13921877313"));
    assert_true(holds(whole, "320699198211191130"));
    assert_true(holds(whole, "13921877313"));
}

static const char *
with(struct desk *desk, struct slice bytes, const char *old, const char *new)
{
    const char *at = memmem(bytes.data, bytes.size, old, strlen(old));

    assert_non_null(at);
    return arena_printf(desk->arena, "%.*s%s%.*s", (int)(at - bytes.data), bytes.data, new,
                        (int)(bytes.size - (size_t)(at - bytes.data) - strlen(old)), at + strlen(old));
}

/* One row of the import is refused, in this column and no other. */
static void
is_refused(struct desk *desk, const char *text, const char *column)
{
    Import *import = desk_upload(desk, LEDGER(MEMBERS), slice_of(text));
    ImportRow *row = desk_row(desk, import, OUTCOME(INVALID));

    assert_int_equal(import->unchanged, 1192 + 507 - 1);
    assert_int_equal(row->n_problems, 1);
    assert_string_equal(row->problems[0]->column, column);
    assert_string_equal(row->problems[0]->code, "masked-number");
}

static void
a_masked_export_comes_back_unchanged(void **state)
{
    static const ExportFormat formats[] = { FORMAT(CSV), FORMAT(XLSX) };
    struct desk *desk = *state;

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        Export *made = make(desk, wish(desk, LEDGER(MEMBERS), formats[i], NULL));
        Import *import = desk_upload(desk, LEDGER(MEMBERS), fetch(desk, made));

        assert_int_equal(import->read, 1192 + 507);
        assert_int_equal(import->unchanged, 1192 + 507);
        import = desk_commit(desk, import, false);
        assert_int_equal(import->unchanged, 1192 + 507);
    }
}

static void
a_masked_row_changes_nothing(void **state)
{
    struct desk *desk = *state;
    struct slice masked = fetch(desk, make(desk, wish(desk, LEDGER(MEMBERS), FORMAT(CSV), NULL)));

    is_refused(desk, with(desk, masked, "320699********1130", "320699********1131"), "公民身份号码");
    is_refused(desk, with(desk, masked, "139****7313", "139****7314"), "手机号码");
    is_refused(desk, with(desk, masked, "139****7313", "13921877314"), "手机号码");
    is_refused(desk, with(desk, masked, "翁兴倩", "翁兴茜"), "公民身份号码"); /* nobody of that name */
}

/* A row found by its whole number may be edited while its telephone stays behind its mask. */
static void
a_masked_telephone_stays_as_it_is(void **state)
{
    struct desk *desk = *state;
    struct slice whole = fetch(desk, make(desk, wish(desk, LEDGER(MEMBERS), FORMAT(CSV), REASON)));
    const char *text = with(desk, whole, "13921877313", "139****7313");
    Import *import = desk_upload(desk, LEDGER(MEMBERS), slice_of(text));

    assert_int_equal(import->unchanged, 1192 + 507);
    is_refused(desk, with(desk, slice_of(text), "139****7313", "139****7314"), "手机号码");
}

static void
whole_numbers_are_a_reveal(void **state)
{
    struct desk *desk = *state;
    CreateExportRequest *in = wish(desk, LEDGER(MEMBERS), FORMAT(CSV), REASON);
    Export *made = make(desk, in);

    assert_int_equal(
        test_pg_number(desk->pg, "organizations",
                       arena_printf(desk->arena,
                                    "select count(*) from audit where object_id = '%s' and reason = '" REASON "'",
                                    made->id)),
        1);
    desk->actor.n_permissions--; /* member.reveal */
    assert_true(status_is(ask(desk, in, &made), PROBLEM_DENIED));
    in->reason = wire_text(NULL);
    make(desk, in);
    desk->actor.n_permissions--; /* member.read */
    assert_true(status_is(ask(desk, in, &made), PROBLEM_DENIED));
}

static void
what_looks_like_a_formula_stays_a_text(void **state)
{
    struct desk *desk = *state;
    struct slice bytes;

    test_pg_run(desk->pg, "organizations",
                "update unit set name = '=HYPERLINK(\"x\")', trade = '-1', instructor_name = '@a, b'"
                " where code = '52320699MAR05UMW1C'");
    bytes = fetch(desk, make(desk, wish(desk, LEDGER(UNITS), FORMAT(CSV), NULL)));
    assert_true(holds(bytes, "\"'=HYPERLINK(\"\"x\"\")\""));
    assert_true(holds(bytes, ",'-1,"));
    assert_true(holds(bytes, "\"'@a, b\""));
    comes_back_unchanged(desk, LEDGER(UNITS), FORMAT(CSV), 836 + 300);
    comes_back_unchanged(desk, LEDGER(UNITS), FORMAT(XLSX), 836 + 300);
}

static void
a_workbook_is_one(void **state)
{
    struct desk *desk = *state;
    Export *made = make(desk, wish(desk, LEDGER(MEMBERS), FORMAT(UNSPECIFIED), NULL));
    FileContent *first = content_from(desk, made->file_id, 0);

    assert_int_equal(made->format, FORMAT(XLSX));
    assert_int_equal(made->done, 1192 + 507);
    assert_string_equal(first->media_type, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    assert_non_null(strstr(first->file_name, ".xlsx"));
    assert_true(first->size > 50000);
}

static void
a_cancelled_one_gives_no_file(void **state)
{
    struct desk *desk = *state;
    Export *made;
    bool more;

    assert_null(ask(desk, wish(desk, LEDGER(MEMBERS), FORMAT(CSV), NULL), &made));
    assert_null(desk_step(desk, job_exports, &more)); /* taken on */
    assert_int_equal(look(desk, made->id, &organizations_get_export)->state, EXPORT(RUNNING));
    assert_int_equal(look(desk, made->id, &organizations_cancel_export)->state, EXPORT(CANCELLED));
    assert_null(desk_step(desk, job_exports, &more));
    made = look(desk, made->id, &organizations_get_export);
    assert_int_equal(made->state, EXPORT(CANCELLED));
    assert_string_equal(made->file_id, "");
    made = make(desk, wish(desk, LEDGER(REGIONS), FORMAT(CSV), NULL)); /* and the next one is made */
    assert_int_equal(look(desk, made->id, &organizations_cancel_export)->state, EXPORT(SUCCEEDED));
}

static void
one_whose_worker_died_is_begun_anew(void **state)
{
    struct desk *desk = *state;
    Export *made;
    bool more;

    assert_null(ask(desk, wish(desk, LEDGER(MEMBERS), FORMAT(CSV), NULL), &made));
    assert_null(desk_step(desk, job_exports, &more));
    test_pg_run(
        desk->pg, "organizations",
        arena_printf(desk->arena,
                     "update document_job set worker = gen_random_uuid(), worked_at = worked_at - interval '1 h'"
                     " where id = '%s'",
                     made->id));
    for (int i = 0; i < STEPS && made->state != EXPORT(SUCCEEDED); i++) {
        assert_null(desk_step(desk, job_exports, &more));
        made = look(desk, made->id, &organizations_get_export);
    }
    assert_int_equal(made->done, 1192 + 507);
}

/* What ends its process each time does not go on for ever. */
static void
one_that_fails_again_and_again_is_given_up(void **state)
{
    struct desk *desk = *state;
    Export *made;
    bool more;

    assert_null(ask(desk, wish(desk, LEDGER(REGIONS), FORMAT(CSV), NULL), &made));
    test_pg_run(desk->pg, "organizations",
                arena_printf(desk->arena, "update document_job set tries = 5 where id = '%s'", made->id));
    assert_null(desk_step(desk, job_exports, &more));
    made = look(desk, made->id, &organizations_get_export);
    assert_int_equal(made->state, EXPORT(FAILED));
    assert_string_equal(made->problem, "internal");
}

static ExportPage *
list(struct desk *desk, const char *cursor)
{
    ListExportsRequest *in = list_exports_request_new(desk->arena);
    ProtobufCMessage *out = NULL;

    in->limit = 2;
    in->cursor = wire_text(cursor);
    assert_null(desk_call(desk, desk_method(&organizations_list_exports), &in->base, 0, &out));
    return (ExportPage *)out;
}

static void
ones_own_are_listed_newest_first(void **state)
{
    struct desk *desk = *state;
    struct id own = desk->actor.account;
    CreateExportRequest *in = wish(desk, LEDGER(ORGANIZATIONS), FORMAT(CSV), NULL);
    Export *made[3];
    ExportPage *page;

    desk->actor.account = clock_id();
    assert_int_equal(list(desk, NULL)->n_items, 0);
    in->code = wire_text("D00010001");
    for (size_t i = 0; i < 3; i++)
        made[i] = make(desk, in);
    page = list(desk, NULL);
    assert_int_equal(page->n_items, 2);
    assert_string_equal(page->items[0]->id, made[2]->id);
    assert_string_equal(page->items[0]->code, "D00010001");
    assert_int_equal(page->items[0]->total, 1);
    assert_true(strcmp(page->items[0]->expires_at, page->items[0]->created_at) > 0);
    page = list(desk, page->next_cursor);
    assert_int_equal(page->n_items, 1);
    assert_string_equal(page->items[0]->id, made[0]->id);
    assert_string_equal(page->next_cursor, "");
    desk->actor.account = own;
}

/* The file goes, what is known of it stays, and after ninety days that goes too. */
static void
it_is_over_one_day(void **state)
{
    struct desk *desk = *state;
    Export *made = make(desk, wish(desk, LEDGER(REGIONS), FORMAT(CSV), NULL));
    ExportId *in = export_id_new(desk->arena);
    ProtobufCMessage *out;
    bool more = true;

    test_pg_run(desk->pg, "organizations", "update file set delete_after = created_at where delete_after is not null");
    while (more)
        assert_null(desk_step(desk, document_sweep, &more));
    made = look(desk, made->id, &organizations_get_export);
    assert_int_equal(made->state, EXPORT(SUCCEEDED));
    assert_string_equal(made->file_id, "");
    assert_string_equal(made->expires_at, "");
    test_pg_run(desk->pg, "organizations", "update document_job set worked_at = worked_at - interval '91 days'");
    assert_null(desk_step(desk, document_sweep, &more));
    in->id = made->id;
    assert_true(
        status_is(desk_call(desk, desk_method(&organizations_get_export), &in->base, 0, &out), PROBLEM_NOT_FOUND));
}

static void
it_is_its_owners_alone(void **state)
{
    struct desk *desk = *state;
    struct id own = desk->actor.account;
    Export *made = make(desk, wish(desk, LEDGER(REGIONS), FORMAT(CSV), NULL));
    ExportId *in = export_id_new(desk->arena);
    ProtobufCMessage *out;

    in->id = made->id;
    desk->actor.account = clock_id();
    assert_true(
        status_is(desk_call(desk, desk_method(&organizations_get_export), &in->base, 0, &out), PROBLEM_NOT_FOUND));
    assert_true(
        status_is(desk_call(desk, desk_method(&organizations_cancel_export), &in->base, 0, &out), PROBLEM_NOT_FOUND));
    desk->actor.account = own;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(every_row_of_both_samples_comes_back_unchanged, be_the_city),
        cmocka_unit_test_setup(a_district_gets_its_own_rows, be_the_city),
        cmocka_unit_test_setup(an_organization_narrows_it_and_a_foreign_one_is_not_there, be_the_city),
        cmocka_unit_test_setup(numbers_are_masked_without_a_reason, be_the_city),
        cmocka_unit_test_setup(a_masked_export_comes_back_unchanged, be_the_city),
        cmocka_unit_test_setup(a_masked_row_changes_nothing, be_the_city),
        cmocka_unit_test_setup(a_masked_telephone_stays_as_it_is, be_the_city),
        cmocka_unit_test_setup(whole_numbers_are_a_reveal, be_the_city),
        cmocka_unit_test_setup(a_workbook_is_one, be_the_city),
        cmocka_unit_test_setup(a_cancelled_one_gives_no_file, be_the_city),
        cmocka_unit_test_setup(one_whose_worker_died_is_begun_anew, be_the_city),
        cmocka_unit_test_setup(one_that_fails_again_and_again_is_given_up, be_the_city),
        cmocka_unit_test_setup(ones_own_are_listed_newest_first, be_the_city),
        cmocka_unit_test_setup(it_is_its_owners_alone, be_the_city),
        cmocka_unit_test_setup(a_filter_narrows_it_and_it_comes_back_unchanged, be_the_city),
        cmocka_unit_test_setup(a_filter_that_a_ledger_does_not_know_is_refused, be_the_city),
        cmocka_unit_test_setup(it_is_over_one_day, be_the_city),
        cmocka_unit_test_setup(what_looks_like_a_formula_stays_a_text, be_the_city),
        cmocka_unit_test_setup(a_day_that_is_over_is_given_as_it_was, be_the_city),
    };

    return cmocka_run_group_tests(tests, open_with_sample, desk_close_town);
}
