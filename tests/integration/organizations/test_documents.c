/* SPDX-License-Identifier: Apache-2.0 */
/* Papers of records: attached, in versions, withdrawn; read by whoever reads the record. */
#include <liangxin/organizations/v1/organizations.facts.h>

#include "desk.h"
#include "io/clock.h"
#include "daemon/document_queue.h"

#define RECORD(name) LIANGXIN__ORGANIZATIONS__V1__RECORD_KIND__RECORD_KIND_##name
#define KIND(name)   LIANGXIN__ORGANIZATIONS__V1__DOCUMENT_KIND__DOCUMENT_KIND_##name
#define PDF          "%PDF-1.7\n"

static const char *const may_all[] = { "document.read", "document.write", "organization.read",
                                       "member.read",   "unit.read",      "person.read" };

static int
open_sample(void **state)
{
    struct desk *desk = desk_open();

    desk_load(desk, "district");
    *state = desk;
    return 0;
}

static struct id
another_account(struct desk *desk)
{
    struct id id = clock_id();
    char text[ID_SIZE];

    id_format(&id, text);
    test_pg_run(
        desk->pg, "organizations",
        arena_printf(desk->arena, "insert into account (id, name, created_at) values ('%s', '%s', now())", text, text));
    return id;
}

/* Every test begins as a clerk of the city, who has put no file yet. */
static int
be_the_city(void **state)
{
    struct desk *desk = *state;

    desk_act_at(desk, "ROOT");
    desk->actor.account = another_account(desk);
    desk->actor.permissions = may_all;
    desk->actor.n_permissions = sizeof may_all / sizeof *may_all;
    return 0;
}

static const char *
put_file(struct desk *desk, const char *purpose, const char *content)
{
    PutFileRequest *in = put_file_request_new(desk->arena);
    char *text = arena_alloc(desk->arena, ID_SIZE);
    struct id id = clock_id();
    ProtobufCMessage *out = NULL;

    id_format(&id, text);
    in->id = text;
    in->file_name = wire_text("批复.pdf");
    in->purpose = wire_text(purpose);
    in->data = (ProtobufCBinaryData){ .len = strlen(content), .data = (uint8_t *)(uintptr_t)content };
    in->last = true;
    assert_null(desk_call(desk, desk_method(&organizations_put_file), &in->base, 0, &out));
    return text;
}

static AttachDocumentRequest *
wish(struct desk *desk, RecordKind record, const char *record_id)
{
    AttachDocumentRequest *in = attach_document_request_new(desk->arena);

    in->record = record;
    in->record_id = wire_text(record_id);
    in->file_id = wire_text(put_file(desk, "document", PDF));
    in->kind = KIND(APPROVAL);
    in->title = wire_text("关于成立党支部的批复");
    return in;
}

static status_t
attach(struct desk *desk, const AttachDocumentRequest *in, Document **ret_document)
{
    ProtobufCMessage *out = NULL;
    status_t st = desk_call(desk, desk_method(&organizations_attach_document), &in->base, 0, &out);

    *ret_document = (Document *)out;
    return st;
}

static Document *
attached(struct desk *desk, RecordKind record, const char *record_id)
{
    Document *document;

    assert_null(attach(desk, wish(desk, record, record_id), &document));
    return document;
}

static status_t
withdraw(struct desk *desk, const Document *document, int64_t version, Document **ret_document)
{
    WithdrawDocumentRequest *in = withdraw_document_request_new(desk->arena);
    ProtobufCMessage *out = NULL;
    status_t st;

    in->id = document->id;
    in->reason = wire_text("扫描页缺失");
    st = desk_call(desk, desk_method(&organizations_withdraw_document), &in->base, version, &out);
    *ret_document = (Document *)out;
    return st;
}

static DocumentPage *
list(struct desk *desk, RecordKind record, const char *record_id, uint32_t limit, const char *cursor)
{
    ListDocumentsRequest *in = list_documents_request_new(desk->arena);
    ProtobufCMessage *out = NULL;

    in->record = record;
    in->record_id = wire_text(record_id);
    in->limit = limit;
    in->cursor = wire_text(cursor);
    assert_null(desk_call(desk, desk_method(&organizations_list_documents), &in->base, 0, &out));
    return (DocumentPage *)out;
}

static bool
may_read_file(struct desk *desk, const char *id)
{
    GetFileContentRequest *in = get_file_content_request_new(desk->arena);
    ProtobufCMessage *out = NULL;
    status_t st;

    in->id = wire_text(id);
    st = desk_call(desk, desk_method(&organizations_get_file_content), &in->base, 0, &out);
    assert_true(!st || status_is(st, PROBLEM_NOT_FOUND));
    return !st;
}

static const char *
pick(struct desk *desk, const char *sql)
{
    char *found = test_pg_text(desk->pg, "organizations", sql);
    const char *text = arena_text(desk->arena, found);

    free(found);
    return text;
}

static int64_t
count(struct desk *desk, const char *what, const Document *document)
{
    return test_pg_number(desk->pg, "organizations",
                          arena_printf(desk->arena, "select count(*) from %s = '%s'", what, document->id));
}

static void
a_paper_belongs_to_its_record(void **state)
{
    static const struct {
        RecordKind record;
        const char *one;
    } records[] = {
        { RECORD(ORGANIZATION), "select id from organization where code = 'D00010001'" },
        { RECORD(MEMBER), "select id from member order by id limit 1" },
        { RECORD(UNIT), "select id from unit where organization_id is not null order by id limit 1" },
        { RECORD(UNIT), "select id from unit where organization_id is null order by id limit 1" },
        { RECORD(PERSON), "select person_id from member order by id limit 1" },
        { RECORD(PERSON), "select owner_id from unit where owner_id is not null order by id limit 1" },
    };
    struct desk *desk = *state;

    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        const char *id = pick(desk, records[i].one);
        Document *document = attached(desk, records[i].record, id);
        DocumentPage *page = list(desk, records[i].record, id, 0, "");

        assert_int_equal(page->n_items, 1);
        assert_string_equal(page->items[0]->id, document->id);
        assert_string_equal(document->record_id, id);
        assert_int_equal(document->edition, 1);
        assert_true(document->newest);
        assert_int_equal(document->size, strlen(PDF));
        assert_string_equal(document->media_type, "application/pdf");
    }
}

static void
what_is_done_is_told_three_times(void **state)
{
    struct desk *desk = *state;
    Document *document = attached(desk, RECORD(ORGANIZATION), desk_organization(desk, "D0001")->id);
    Document *out;

    assert_null(withdraw(desk, document, 1, &out));
    assert_int_equal(count(desk, "audit where object = 'document' and object_id", document), 2);
    assert_int_equal(
        count(desk, "audit where reason = '扫描页缺失' and before_hash is not null and object_id", document), 1);
    assert_int_equal(count(desk, "outbox where aggregate = 'document' and aggregate_id", document), 2);
    assert_int_equal(
        count(desk, "document_history where version = 1 and action = 'attached' and document_id", document), 1);
    assert_int_equal(count(desk,
                           "document_history where version = 2 and action = 'withdrawn' and reason = '扫描页缺失' and "
                           "role = 'city_clerk' and document_id",
                           document),
                     1);
}

static void
a_newer_version_takes_the_place(void **state)
{
    struct desk *desk = *state;
    const char *id = desk_organization(desk, "D00010002")->id;
    Document *first = attached(desk, RECORD(ORGANIZATION), id);
    AttachDocumentRequest *in = wish(desk, RECORD(ORGANIZATION), id);
    DocumentPage *page;
    Document *second;
    Document *out;

    in->replaces = first->id;
    assert_null(attach(desk, in, &second));
    assert_int_equal(second->edition, 2);
    page = list(desk, RECORD(ORGANIZATION), id, 0, "");
    assert_int_equal(page->n_items, 2);
    assert_string_equal(page->items[0]->id, second->id);
    assert_true(page->items[0]->newest);
    assert_false(page->items[1]->newest);
    in->file_id = wire_text(put_file(desk, "document", PDF));
    assert_true(status_is(attach(desk, in, &out), PROBLEM_ALREADY_EXISTS));
    assert_null(withdraw(desk, second, 1, &out)); /* a withdrawn one is replaced as well */
    in->replaces = second->id;
    assert_null(attach(desk, in, &out));
    assert_int_equal(out->edition, 3);
    in = wish(desk, RECORD(ORGANIZATION), desk_organization(desk, "D00010001")->id);
    in->replaces = second->id; /* another record's */
    assert_true(status_is(attach(desk, in, &out), PROBLEM_NOT_FOUND));
}

static void
a_withdrawn_one_stays_marked(void **state)
{
    struct desk *desk = *state;
    const char *id = desk_organization(desk, "D00010003")->id;
    Document *document = attached(desk, RECORD(ORGANIZATION), id);
    Document *out;

    assert_true(status_is(withdraw(desk, document, 7, &out), PROBLEM_STALE));
    assert_null(withdraw(desk, document, 1, &out));
    assert_int_equal(out->version, 2);
    assert_true(status_is(withdraw(desk, document, 2, &out), PROBLEM_DOCUMENT_WITHDRAWN));
    out = list(desk, RECORD(ORGANIZATION), id, 0, "")->items[0];
    assert_string_equal(out->withdrawn_reason, "扫描页缺失");
    assert_true(out->withdrawn_at[0]);
    assert_true(may_read_file(desk, out->file_id));
}

static void
the_file_must_be_ones_own_and_a_whole_paper(void **state)
{
    struct desk *desk = *state;
    AttachDocumentRequest *in = wish(desk, RECORD(ORGANIZATION), desk_organization(desk, "D0001")->id);
    struct id own = desk->actor.account;
    Document *out;

    desk->actor.account = another_account(desk);
    assert_true(status_is(attach(desk, in, &out), PROBLEM_NOT_FOUND));
    desk->actor.account = own;
    assert_null(attach(desk, in, &out));
    assert_true(status_is(attach(desk, in, &out), PROBLEM_ALREADY_EXISTS));
    in->file_id = wire_text(put_file(desk, "import", "code,name\n320699,示范区\n"));
    assert_true(status_is(attach(desk, in, &out), PROBLEM_FILE_UNFINISHED));
    test_pg_run(desk->pg, "organizations",
                arena_printf(desk->arena,
                             "update file set purpose = 'document', state = 'writing', media_type = null, sha256 = null"
                             " where id = '%s'",
                             in->file_id));
    assert_true(status_is(attach(desk, in, &out), PROBLEM_FILE_UNFINISHED));
}

/* Two branches of the district: what belongs to one is not there for the other. */
static void
outside_the_scope_there_is_nothing(void **state)
{
    struct desk *desk = *state;
    const char *branch = desk_organization(desk, "D00010001")->id;
    Document *document = attached(desk, RECORD(ORGANIZATION), branch);
    AttachDocumentRequest *in;
    Document *out;

    desk_act_at(desk, "D00010002");
    desk->actor.account = another_account(desk);
    in = wish(desk, RECORD(ORGANIZATION), branch);
    assert_int_equal(list(desk, RECORD(ORGANIZATION), branch, 0, "")->n_items, 0);
    assert_true(status_is(attach(desk, in, &out), PROBLEM_NOT_FOUND));
    assert_true(status_is(withdraw(desk, document, 1, &out), PROBLEM_NOT_FOUND));
    assert_false(may_read_file(desk, document->file_id));
    desk_act_at(desk, "D0001");
    assert_int_equal(list(desk, RECORD(ORGANIZATION), branch, 200, "")->items[0]->id[0] != '\0', true);
    assert_true(may_read_file(desk, document->file_id));
}

static void
reading_a_paper_needs_what_reading_its_record_needs(void **state)
{
    struct desk *desk = *state;
    const char *member = pick(desk, "select id from member order by id desc limit 1");
    Document *document = attached(desk, RECORD(MEMBER), member);
    ListDocumentsRequest *in = list_documents_request_new(desk->arena);
    ProtobufCMessage *message = NULL;
    Document *out;

    desk->actor.account = another_account(desk);
    assert_true(may_read_file(desk, document->file_id));
    desk->actor.n_permissions = 3; /* of documents and organizations, not of members */
    assert_false(may_read_file(desk, document->file_id));
    in->record = RECORD(MEMBER);
    in->record_id = wire_text(member);
    assert_true(
        status_is(desk_call(desk, desk_method(&organizations_list_documents), &in->base, 0, &message), PROBLEM_DENIED));
    assert_true(status_is(withdraw(desk, document, 1, &out), PROBLEM_DENIED));
    desk->actor.permissions = may_all + 2; /* of all records, not of documents */
    desk->actor.n_permissions = 4;
    assert_false(may_read_file(desk, document->file_id));
}

/* A trade department (归口) reads below by its relation, and writes nothing there. */
static void
a_scope_that_reads_does_not_write(void **state)
{
    struct desk *desk = *state;
    const char *branch = desk_organization(desk, "D00010001001")->id;
    Document *document = attached(desk, RECORD(ORGANIZATION), branch);
    AttachDocumentRequest *in;
    Document *out;

    test_pg_run(desk->pg, "organizations",
                "insert into organization_reach (descendant, ancestor, writes)"
                " select b.id, a.id, false from organization a, organization b"
                " where a.code = 'D00010001002' and b.code = 'D00010001001'");
    desk_act_at(desk, "D00010001002");
    in = wish(desk, RECORD(ORGANIZATION), branch);
    assert_int_equal(list(desk, RECORD(ORGANIZATION), branch, 0, "")->n_items, 1);
    assert_true(status_is(attach(desk, in, &out), PROBLEM_NOT_FOUND));
    assert_true(status_is(withdraw(desk, document, 1, &out), PROBLEM_NOT_FOUND));
}

static void
a_paper_keeps_its_file(void **state)
{
    struct desk *desk = *state;
    Document *document = attached(desk, RECORD(ORGANIZATION), desk_organization(desk, "D0001")->id);
    const char *loose = put_file(desk, "document", PDF);
    bool more = true;

    test_pg_run(desk->pg, "organizations",
                "update file set delete_after = created_at - interval '1 s' where delete_after is not null");
    while (more)
        assert_null(desk_step(desk, document_sweep, &more));
    assert_true(may_read_file(desk, document->file_id));
    assert_false(may_read_file(desk, loose));
}

static void
papers_come_in_pages(void **state)
{
    struct desk *desk = *state;
    const char *id = desk_organization(desk, "D00010001003")->id;
    const char *cursor = "";
    size_t seen = 0;
    DocumentPage *page;

    for (int i = 0; i < 5; i++)
        attached(desk, RECORD(ORGANIZATION), id);
    do {
        page = list(desk, RECORD(ORGANIZATION), id, 2, cursor);
        seen += page->n_items;
        cursor = page->next_cursor;
    } while (cursor[0]);
    assert_int_equal(seen, 5);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_paper_belongs_to_its_record, be_the_city),
        cmocka_unit_test_setup(what_is_done_is_told_three_times, be_the_city),
        cmocka_unit_test_setup(a_newer_version_takes_the_place, be_the_city),
        cmocka_unit_test_setup(a_withdrawn_one_stays_marked, be_the_city),
        cmocka_unit_test_setup(the_file_must_be_ones_own_and_a_whole_paper, be_the_city),
        cmocka_unit_test_setup(outside_the_scope_there_is_nothing, be_the_city),
        cmocka_unit_test_setup(reading_a_paper_needs_what_reading_its_record_needs, be_the_city),
        cmocka_unit_test_setup(a_scope_that_reads_does_not_write, be_the_city),
        cmocka_unit_test_setup(a_paper_keeps_its_file, be_the_city),
        cmocka_unit_test_setup(papers_come_in_pages, be_the_city),
    };

    return cmocka_run_group_tests(tests, open_sample, desk_close_town);
}
