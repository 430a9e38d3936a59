/* SPDX-License-Identifier: Apache-2.0 */
/* What an import has written and can take back: rows that nobody has touched are as before, others stay and say why;
 * and what a cancelled one leaves. */
#include <liangxin/organizations/v1/organizations.facts.h>
#include <stdio.h>

#include "base/strbuf.h"
#include "desk.h"
#include "organizations/imports/job_imports.h"
#include "support/archive.h"

#define MEMBER_HEAD                                                                                                                                                 \
    "姓名,性别,民族,公民身份号码,出生日期,学历,入党日期,转正日期,党员类型,组织编码,工作单位代码,手机号码,党内职务," \
    "人员类别,党费计算基数,流动党员\n"
#define ORGANIZATION_HEAD                                                                                                                                   \
    "组织编码,组织名称,组织类型,上级组织编码,组建方式,区划代码,所在园区,成立日期,届满日期,书记姓名,联系电话," \
    "预备党员审批权\n"
#define MEMBER(education, telephone)                                                                                   \
    "翁兴倩,男,汉族,320699198211191130,1982-11-19," education ",2003-03-28,2004-03-28,正式党员,T1,," telephone         \
    ",,在职,,否\n"
#define OTHER "鲁明,女,汉族,320699199004163385,1990-04-16,,2018-04-17,,预备党员,T1,,13921877314,,在职,,否\n"

static int64_t
number(struct desk *desk, const char *sql)
{
    return test_pg_number(desk->pg, "organizations", sql);
}

static Import *
take_in(struct desk *desk, Ledger ledger, const char *text)
{
    Import *import = desk_upload_text(desk, ledger, text);
    bool more;

    assert_int_equal(import->state, STATE(VALIDATED));
    assert_int_equal(import->invalid, 0);
    import = desk_commit(desk, import, false);
    assert_null(desk_step(desk, job_import_bases, &more)); /* there are none: dues need not be asked */
    import = desk_import(desk, import->id);
    assert_int_equal(import->state, STATE(SUCCEEDED));
    return import;
}

static status_t
ask(struct desk *desk, const struct rpc_method *method, const Import *import)
{
    ImportId *in = import_id_new(desk->arena);
    ProtobufCMessage *out;

    in->id = import->id;
    return desk_call(desk, desk_method(method), &in->base, 0, &out);
}

static Import *
undo(struct desk *desk, const Import *import)
{
    assert_null(ask(desk, &organizations_undo_import, import));
    desk_work(desk);
    return desk_import(desk, import->id);
}

/* One text of everything that the ledgers hold. */
static const char *
everything(struct desk *desk)
{
    char *text = test_pg_text(
        desk->pg, "organizations",
        "select md5(string_agg(t, '|' order by t)) from ("
        " select (m.*)::text || (p.name, p.education, p.sex, p.ethnicity)::text as t from member m"
        "   join person p on p.id = m.person_id"
        " union all select (code, name, kind, place, telephone)::text from organization"
        " union all select (code, name)::text from region union all select (l.*)::text from organization_line l"
        " union all select (organization_id, superior_id)::text from relation"
        " union all select (member_id, organization_id)::text from membership) everything");
    const char *copy = arena_text(desk->arena, text);

    free(text);
    return copy;
}

static void
what_was_created_goes_with_its_news_and_audit(void **state)
{
    struct desk *desk = *state;
    const char *before = everything(desk);
    int64_t persons = number(desk, "select count(*) from person");
    Import *organizations = take_in(desk, LEDGER(ORGANIZATIONS),
                                    ORGANIZATION_HEAD "U,寅党委,党委,,区域建,320699,,,,王五,,2020-01-01\n"
                                                      "U1,子党支部,党支部,U,单独组建,320699,,,,,,\n");
    Import *members = take_in(desk, LEDGER(MEMBERS), MEMBER_HEAD MEMBER("高中", "13921877313") OTHER);

    members = undo(desk, members);
    assert_int_equal(members->state, STATE(UNDONE));
    assert_int_equal(members->undone, 2);
    assert_int_equal(members->kept, 0);
    organizations = undo(desk, organizations);
    assert_int_equal(organizations->undone, 2);
    assert_string_equal(everything(desk), before);
    assert_int_equal(number(desk, "select count(*) from person where identity_index is not null"), 0);
    assert_true(number(desk, "select count(*) from person") <= persons + 1);
    assert_int_equal(number(desk, "select count(*) from outbox where aggregate = 'member' and version = 2"), 2);
    assert_int_equal(number(desk, "select count(*) from outbox where aggregate = 'organization' and version = 2"), 2);
    assert_int_equal(number(desk, "select count(*) from audit where action = 'undo_import' and before_hash is not null"
                                  " and after_hash is null"),
                     4);
    assert_true(status_is(ask(desk, &organizations_undo_import, members), PROBLEM_IMPORT_STATE));
}

static void
what_was_changed_is_as_before(void **state)
{
    struct desk *desk = *state;
    Import *import;

    take_in(desk, LEDGER(MEMBERS), MEMBER_HEAD MEMBER("高中", "13921877313"));
    import = take_in(desk, LEDGER(MEMBERS), MEMBER_HEAD MEMBER("大学本科", ""));
    assert_int_equal(import->updated, 1);
    assert_int_equal(number(desk, "select count(*) from import_row where position('13921877313'::bytea in former) > 0"),
                     0);
    import = undo(desk, import);
    assert_int_equal(import->undone, 1);
    assert_int_equal(
        number(desk, "select count(*) from person where education = '高中' and telephone_sealed is not null"), 1);
    assert_int_equal(number(desk, "select version from member"), 3);
    assert_int_equal(number(desk, "select count(*) from import_row where former is not null"), 0);
}

static void
what_was_touched_since_or_is_used_stays_and_says_why(void **state)
{
    struct desk *desk = *state;
    Import *organizations = take_in(desk, LEDGER(ORGANIZATIONS),
                                    ORGANIZATION_HEAD "U,寅党委,党委,,区域建,320699,,,,,,\n"
                                                      "U1,子党支部,党支部,U,单独组建,320699,,,,,,\n"
                                                      "U2,丑党支部,党支部,U,单独组建,320699,,,,,,\n");
    ListImportRowsRequest *in = list_import_rows_request_new(desk->arena);
    ProtobufCMessage *out;
    ImportRowPage *kept;

    take_in(desk, LEDGER(ORGANIZATIONS), ORGANIZATION_HEAD "U1,子党支部,党支部,U,单独组建,320699,,,,,051312345,\n");
    organizations = undo(desk, organizations);
    assert_int_equal(organizations->undone, 1);
    assert_int_equal(organizations->kept, 2);
    in->id = organizations->id;
    in->by_undo_case = LIANGXIN__ORGANIZATIONS__V1__LIST_IMPORT_ROWS_REQUEST__BY_UNDO_UNDO;
    in->undo = LIANGXIN__ORGANIZATIONS__V1__UNDO_OUTCOME__UNDO_OUTCOME_KEPT;
    assert_null(desk_call(desk, desk_method(&organizations_list_import_rows), &in->base, 0, &out));
    kept = (ImportRowPage *)out;
    assert_int_equal(kept->n_items, 2);
    assert_string_equal(kept->items[0]->kept_code, "still-used");
    assert_string_equal(kept->items[1]->kept_code, "changed-since");
    assert_int_equal(number(desk, "select count(*) from organization where code in ('U', 'U1')"), 2);
}

static void
what_papers_hang_on_stays(void **state)
{
    struct desk *desk = *state;
    Import *members = take_in(desk, LEDGER(MEMBERS), MEMBER_HEAD MEMBER("高中", "13921877313") OTHER);

    test_pg_run(desk->pg, "organizations",
                "insert into document (id, record, record_id, kind, title, edition, file_id, attached_at, version)"
                " select gen_random_uuid(), 'member', m.id, 'scan', '志愿书', 1, f.id, now(), 1"
                "   from member m join person p on p.id = m.person_id and p.name = '鲁明',"
                "        (select id from file limit 1) f");
    members = undo(desk, members);
    assert_int_equal(members->undone, 1);
    assert_int_equal(members->kept, 1);
    assert_int_equal(number(desk, "select count(*) from import_row where kept_code = 'still-used'"), 1);
    assert_int_equal(number(desk, "select count(*) from member m join person p on p.id = m.person_id"
                                  " where p.name = '鲁明'"),
                     1);
}

static void
after_a_day_it_is_too_late(void **state)
{
    struct desk *desk = *state;
    Import *import = take_in(desk, LEDGER(REGIONS), "code,name\n320698,江滨区\n");

    test_pg_run(desk->pg, "organizations", "update import set written_at = written_at - interval '25 hours'");
    assert_true(status_is(ask(desk, &organizations_undo_import, import), PROBLEM_UNDO_OVER));
}

static void
regions_are_put_back_too(void **state)
{
    struct desk *desk = *state;
    Import *import = take_in(desk, LEDGER(REGIONS), "code,name\n320698,江滨区\n320699,另名\n");

    import = undo(desk, import);
    assert_int_equal(import->undone, 2);
    assert_int_equal(number(desk, "select count(*) from region where code = '320698'"), 0);
    assert_int_equal(number(desk, "select count(*) from region where name = '示范区'"), 1);
}

static const char *
many_regions(struct desk *desk, int count)
{
    struct strbuf text;
    const char *copy;

    strbuf_init(&text, (size_t)16 << 20);
    strbuf_text(&text, "code,name\n");
    for (int i = 0; i < count; i++)
        strbuf_printf(&text, "3206%06d,镇%d\n", i, i);
    copy = arena_text_slice(desk->arena, strbuf_slice(&text));
    strbuf_done(&text);
    return copy;
}

static void
a_cancelled_import_writes_nothing_more(void **state)
{
    struct desk *desk = *state;
    Import *import = desk_upload_text(desk, LEDGER(REGIONS), "code,name\n320698,江滨区\n");
    CommitImportRequest *in = commit_import_request_new(desk->arena);
    ProtobufCMessage *out;

    assert_null(ask(desk, &organizations_cancel_import, import));
    in->id = import->id;
    import = desk_import(desk, import->id);
    assert_int_equal(import->state, STATE(CANCELLED));
    assert_true(status_is(desk_call(desk, desk_method(&organizations_commit_import), &in->base, import->version, &out),
                          PROBLEM_IMPORT_STATE));
    assert_true(status_is(ask(desk, &organizations_undo_import, import), PROBLEM_IMPORT_STATE));
    assert_true(status_is(ask(desk, &organizations_cancel_import, import), PROBLEM_IMPORT_STATE));
    assert_int_equal(number(desk, "select count(*) from region"), 1);
}

/* As it stands when the cancellation came between two chunks. */
static void
a_commit_cancelled_half_way_says_what_it_wrote_and_that_can_be_undone(void **state)
{
    struct desk *desk = *state;
    Import *import = desk_upload_text(desk, LEDGER(REGIONS), many_regions(desk, 1200));
    CommitImportRequest *in = commit_import_request_new(desk->arena);
    ProtobufCMessage *out;

    in->id = import->id;
    test_pg_run(desk->pg, "organizations",
                "create function stop() returns trigger language plpgsql as $$ begin"
                " if new.done = 1000 then new.state = 'cancelled'; end if; return new; end $$;"
                "create trigger stop before update on import for each row when (new.state = 'committing')"
                " execute function stop()");
    assert_null(desk_call(desk, desk_method(&organizations_commit_import), &in->base, import->version, &out));
    desk_work(desk);
    test_pg_run(desk->pg, "organizations", "drop trigger stop on import; drop function stop()");
    import = desk_import(desk, import->id);
    assert_int_equal(import->state, STATE(CANCELLED));
    assert_int_equal(import->done, 1000);
    assert_int_equal(import->created, 1000);
    assert_int_equal(number(desk, "select count(*) from region where code like '3206______'"), 1000);
    import = undo(desk, import);
    assert_int_equal(import->undone, 1000);
    assert_int_equal(number(desk, "select count(*) from region"), 1);
}

static HeadingChoice *
choice(struct desk *desk, const char *heading, const char *column)
{
    HeadingChoice *made = heading_choice_new(desk->arena);

    made->heading = wire_text(heading);
    made->column = wire_text(column);
    return made;
}

static void
what_a_heading_means_is_said_once_and_remembered(void **state)
{
    static const char text[] = "代 号,地名（全称）,备注\n320698,江滨区,x\n";
    struct desk *desk = *state;
    HeadingChoice *choices[] = { choice(desk, "代 号", "code"), choice(desk, "地名（全称）", "name"),
                                 choice(desk, "备注", "") };
    HeadingChoice *wrong[] = { choice(desk, "代 号", "nothing") };
    HeadingChoice *twice[] = { choice(desk, "代 号", "code"), choice(desk, "代 号", "name") };
    CreateImportRequest *in = create_import_request_new(desk->arena);
    ProtobufCMessage *out;
    Import *import = desk_upload_text(desk, LEDGER(REGIONS), text);

    assert_int_equal(import->state, STATE(FAILED));
    assert_int_equal(import->n_headings, 3);
    assert_string_equal(import->headings[0]->heading, "代 号");
    assert_false(import->headings[0]->known);
    import = desk_upload_mapped(desk, LEDGER(REGIONS), slice_of(text), choices, 3);
    assert_int_equal(import->state, STATE(VALIDATED));
    assert_int_equal(import->created, 1);
    import = desk_upload_text(desk, LEDGER(REGIONS), text);
    assert_int_equal(import->state, STATE(VALIDATED));
    assert_string_equal(import->headings[0]->column, "code");
    assert_true(import->headings[2]->known);
    in->ledger = LEDGER(REGIONS);
    in->file_id = wire_text(desk_put(desk, slice_of(text)));
    in->mapping = wrong;
    in->n_mapping = 1;
    assert_true(
        status_is(desk_call(desk, desk_method(&organizations_create_import), &in->base, 0, &out), PROBLEM_BAD_VALUE));
    in->mapping = twice;
    in->n_mapping = 2;
    assert_true(status_is(desk_call(desk, desk_method(&organizations_create_import), &in->base, 0, &out),
                          PROBLEM_AMBIGUOUS_HEADER));
}

static void
a_workbook_is_an_import_like_any_other(void **state)
{
    struct desk *desk = *state;
    struct archive archive;
    Import *import;

    take_in(desk, LEDGER(MEMBERS), MEMBER_HEAD MEMBER("高中", "13921877313") OTHER);
    import = desk_upload(desk, LEDGER(MEMBERS),
                         workbook_of_csv(&archive, slice_of(MEMBER_HEAD MEMBER("高中", "13921877313") OTHER)));
    archive_free(&archive);
    assert_int_equal(import->read, 2);
    assert_int_equal(import->unchanged, 2);
    import = desk_upload(
        desk, LEDGER(REGIONS),
        workbook_make(&archive, &(struct workbook){ .sheet = "<row><c t=\"str\"><v>code</v></c><c t=\"str\"><v>name"
                                                             "</v></c></row><row hidden=\"1\"><c><v>1234567890123456"
                                                             "</v></c><c t=\"str\"><v>x</v></c></row>" }));
    archive_free(&archive);
    assert_int_equal(import->hidden, 1);
    assert_string_equal(desk_row(desk, import, OUTCOME(INVALID))->problems[0]->code, "digits-lost");
}

/* The whole annotated file as text. */
static const char *
annotated(struct desk *desk, const Import *import)
{
    GetAnnotatedImportRequest *in = get_annotated_import_request_new(desk->arena);
    ProtobufCMessage *out;
    FileContent *content;
    bool more = true;

    in->id = import->id;
    while (more)
        assert_null(desk_step(desk, job_import_annotate, &more));
    assert_null(desk_call(desk, desk_method(&organizations_get_annotated_import), &in->base, 0, &out));
    content = (FileContent *)out;
    assert_int_equal(content->data.len, content->size);
    return arena_text_slice(desk->arena, slice_make(content->data.data, content->data.len));
}

static void
the_file_comes_back_in_its_own_order_with_reasons(void **state)
{
    struct desk *desk = *state;
    Import *import = desk_upload_text(desk, LEDGER(REGIONS), "name,code\n江滨区,320698\n坏,abc\n示范区,320699\n");
    GetAnnotatedImportRequest *in = get_annotated_import_request_new(desk->arena);
    ProtobufCMessage *out;
    const char *text;

    in->id = import->id;
    assert_true(
        status_is(desk_call(desk, desk_method(&organizations_get_annotated_import), &in->base, 0, &out), PROBLEM_BUSY));
    text = annotated(desk, import);
    assert_non_null(strstr(text, "导入结果,导入原因,name,code"));
    assert_true(strstr(text, "新增,,江滨区,320698") < strstr(text, "有误,code：格式不正确,坏,abc"));
    assert_non_null(strstr(text, "无变化,,示范区,320699"));
    import = desk_commit(desk, import, true);
    import = undo(desk, import);
    text = annotated(desk, import);
    assert_non_null(strstr(text, "已撤销,,江滨区,320698"));
    import = desk_upload_text(desk, LEDGER(REGIONS), text);
    assert_int_equal(import->state, STATE(VALIDATED));
    assert_int_equal(import->created, 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_created_goes_with_its_news_and_audit, desk_open_town, desk_close_town),
        cmocka_unit_test_setup_teardown(what_was_changed_is_as_before, desk_open_town, desk_close_town),
        cmocka_unit_test_setup_teardown(what_was_touched_since_or_is_used_stays_and_says_why, desk_open_town,
                                        desk_close_town),
        cmocka_unit_test_setup_teardown(what_papers_hang_on_stays, desk_open_town, desk_close_town),
        cmocka_unit_test_setup_teardown(after_a_day_it_is_too_late, desk_open_town, desk_close_town),
        cmocka_unit_test_setup_teardown(regions_are_put_back_too, desk_open_town, desk_close_town),
        cmocka_unit_test_setup_teardown(a_cancelled_import_writes_nothing_more, desk_open_town, desk_close_town),
        cmocka_unit_test_setup_teardown(a_commit_cancelled_half_way_says_what_it_wrote_and_that_can_be_undone,
                                        desk_open_town, desk_close_town),
        cmocka_unit_test_setup_teardown(what_a_heading_means_is_said_once_and_remembered, desk_open_town,
                                        desk_close_town),
        cmocka_unit_test_setup_teardown(the_file_comes_back_in_its_own_order_with_reasons, desk_open_town,
                                        desk_close_town),
        cmocka_unit_test_setup_teardown(a_workbook_is_an_import_like_any_other, desk_open_town, desk_close_town),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
