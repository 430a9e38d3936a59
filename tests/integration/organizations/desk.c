/* SPDX-License-Identifier: Apache-2.0 */
/* The service in one thread. The test's thread; a desk owns its database, connection and arena. */
#include "desk.h"

#include <liangxin/organizations/v1/organizations.facts.h>
#include <stdio.h>
#include <unistd.h>

#include "io/clock.h"
#include "organizations/accounts/bootstrap.h"
#include "organizations/imports/job_imports.h"
#include "organizations/service.h"
#include "rpc/codec.h"
#include "rpc/cursor.h"
#include "support/keys.h"

#define ARENA_LIMIT ((size_t)512 * 1024 * 1024)
#define TIME_MS     30000 /* one call or one step */
#define STEPS       1000  /* more than any import of a test needs */

static void
fail_status(const char *what, status_t st)
{
    if (st)
        fail_msg("%s: %s %s%s%s", what, st->problem->slug, st->detail ? st->detail : "", st->cause ? " <- " : "",
                 st->cause && st->cause->detail ? st->cause->detail : "");
}

static void
open_state(struct desk *desk)
{
    void *state = NULL;

    desk->settings = (struct organizations_settings){ .coverage_full_members = 3,
                                                      .coverage_staff = 10,
                                                      .coverage_staff_social = 30,
                                                      .coverage_staff_large = 50,
                                                      .coverage_branch_members = 50,
                                                      .coverage_joint_units = 5,
                                                      .actor_secret = test_key(desk->arena, "actor.secret"),
                                                      .identity_key = test_key(desk->arena, "identity.keys"),
                                                      .identity_index = test_key(desk->arena, "identity.index"),
                                                      .bootstrap_city = "示例市两新组织党工委",
                                                      .bootstrap_token = desk->token_file,
                                                      .file_import_most = 2 * FILE_CHUNK + 1000,
                                                      .file_document_most = 2 * FILE_CHUNK,
                                                      .file_quota = 256 * FILE_CHUNK,
                                                      .file_import_days = 30,
                                                      .file_document_days = 2,
                                                      .export_days = 7,
                                                      .instructor_units = 5,
                                                      .problem_days = 15,
                                                      .report_days = 15 };
    fail_status("open", organizations_open(desk->arena, &desk->settings, &state));
    desk->state = state;
}

static struct id
query_id(struct desk *desk, const char *sql)
{
    char *text = test_pg_text(desk->pg, "organizations", sql);
    struct id id;

    assert_true(id_parse(slice_of(text), &id));
    free(text);
    return id;
}

struct desk *
desk_open(void)
{
    struct desk *desk = calloc(1, sizeof *desk);
    struct seal_key cursor_key = { { 1 } };

    assert_non_null(desk);
    seal_init();
    cursor_open(&cursor_key);
    desk->arena = arena_new(ARENA_LIMIT);
    desk->pg = test_pg_open();
    snprintf(desk->token_file, sizeof desk->token_file, "/tmp/liangxin-token-%d", (int)getpid());
    unlink(desk->token_file);
    open_state(desk);
    fail_status("bootstrap", desk_bootstrap(desk));
    desk->db = db_new(test_pg_dsn(desk->pg, "organizations"), "desk");
    db_deadline(desk->db, clock_ms() + TIME_MS);
    fail_status("connect", db_ready(desk->arena, desk->db));
    desk->actor = (struct actor){ .account = query_id(desk, "select id from account"),
                                  .role = "city_clerk",
                                  .organization = query_id(desk, "select id from organization") };
    return desk;
}

void
desk_close(struct desk *desk)
{
    db_free(desk->db);
    test_pg_close(desk->pg);
    arena_free(desk->arena);
    unlink(desk->token_file);
    free(desk);
}

status_t
desk_bootstrap(struct desk *desk)
{
    status_t st = OK;

    assert_true(
        bootstrap_command("--bootstrap", desk->arena, test_pg_dsn(desk->pg, "organizations"), desk->state, &st));
    return st;
}

const char *
desk_token(struct desk *desk)
{
    char token[128] = "";
    FILE *file = fopen(desk->token_file, "re");

    assert_non_null(file);
    assert_int_equal(fscanf(file, "%127s", token), 1);
    fclose(file);
    return arena_text(desk->arena, token);
}

const struct rpc_endpoint *
desk_method(const struct rpc_method *method)
{
    for (const struct rpc_endpoint *row = organizations_service.methods; row->method; row++)
        if (row->method == method)
            return row;
    fail_msg("%s is not offered", method->name);
    return NULL;
}

status_t
desk_call(struct desk *desk, const struct rpc_endpoint *endpoint, const ProtobufCMessage *in, int64_t version,
          ProtobufCMessage **ret_out)
{
    struct rpc_request request = { .id = clock_id(), .has_version = version > 0, .version = version };
    struct call call = { .arena = desk->arena,
                         .db = desk->db,
                         .method = endpoint->method,
                         .request = &request,
                         .actor = endpoint->method->permission ? &desk->actor : NULL,
                         .caller = "gateway",
                         .now = clock_now(),
                         .today = clock_today(),
                         .state = desk->state,
                         .client = desk->client };
    bool changes = endpoint->method->effect >= METHOD_COMMAND;
    status_t st = codec_check(desk->arena, endpoint->method, in);

    if (st)
        return st;
    db_deadline(desk->db, clock_ms() + TIME_MS);
    if (desk->client && endpoint->prepare)
        st = endpoint->prepare(&call, in);
    if (st)
        return st;
    if (changes)
        db_begin(desk->db);
    *ret_out = codec_new(desk->arena, endpoint->method->reply);
    st = endpoint->handler(&call, in, *ret_out);
    if (!st && changes) {
        assert_true(call.audited);
        st = db_commit(desk->db, desk->arena);
    }
    if (st && changes)
        db_rollback(desk->db);
    return st;
}

static ProtobufCMessage *
must_call(struct desk *desk, const struct rpc_method *method, const ProtobufCMessage *in, int64_t version)
{
    ProtobufCMessage *out = NULL;

    fail_status(method->name, desk_call(desk, desk_method(method), in, version, &out));
    return out;
}

static void
nothing_listens(void *context)
{
    (void)context;
}

status_t
desk_step(struct desk *desk, status_t (*step)(struct job_context *job, bool *ret_more), bool *ret_more)
{
    struct job_context job = { .arena = desk->arena,
                               .db = desk->db,
                               .client = desk->client,
                               .state = desk->state,
                               .now = clock_now(),
                               .process = "organizations",
                               .committed = nothing_listens };

    *ret_more = false;
    db_deadline(desk->db, clock_ms() + TIME_MS);
    return step(&job, ret_more);
}

void
desk_work(struct desk *desk)
{
    bool more = true;

    for (int i = 0; more && i < STEPS; i++)
        fail_status("step", desk_step(desk, job_import_rows, &more));
    assert_false(more);
}

Import *
desk_import(struct desk *desk, const char *id)
{
    ImportId *in = import_id_new(desk->arena);

    in->id = wire_text(id);
    return (Import *)must_call(desk, &organizations_get_import, &in->base, 0);
}

Import *
desk_upload(struct desk *desk, Ledger ledger, struct slice content)
{
    return desk_upload_mapped(desk, ledger, content, NULL, 0);
}

/* In pieces, as the gateway does it. */
const char *
desk_put(struct desk *desk, struct slice content)
{
    struct id id = clock_id();
    char *text = arena_alloc(desk->arena, ID_SIZE);
    size_t at = 0;

    id_format(&id, text);
    do {
        PutFileRequest *in = put_file_request_new(desk->arena);
        size_t left = content.size - at;
        size_t size = left < FILE_CHUNK ? left : FILE_CHUNK;

        in->id = text;
        in->file_name = wire_text("ledger");
        in->purpose = wire_text("import");
        in->offset = (int64_t)at;
        in->data = (ProtobufCBinaryData){ .len = size, .data = (uint8_t *)(uintptr_t)content.data + at };
        in->last = size == left;
        must_call(desk, &organizations_put_file, &in->base, 0);
        at += size;
    } while (at < content.size);
    return text;
}

Import *
desk_upload_mapped(struct desk *desk, Ledger ledger, struct slice content, HeadingChoice **choices, size_t count)
{
    CreateImportRequest *in = create_import_request_new(desk->arena);
    Import *import;

    in->ledger = ledger;
    in->file_id = wire_text(desk_put(desk, content));
    in->mapping = choices;
    in->n_mapping = count;
    import = (Import *)must_call(desk, &organizations_create_import, &in->base, 0);
    assert_int_equal(import->state, STATE(QUEUED));
    desk_work(desk);
    return desk_import(desk, import->id);
}

Import *
desk_upload_text(struct desk *desk, Ledger ledger, const char *text)
{
    return desk_upload(desk, ledger, slice_of(text));
}

Import *
desk_upload_file(struct desk *desk, Ledger ledger, const char *path)
{
    const size_t most = 1000000;
    char *content = arena_alloc(desk->arena, most);
    FILE *file = fopen(arena_printf(desk->arena, "%s/%s", SAMPLE_DIR, path), "re");
    size_t size;

    assert_non_null(file);
    size = fread(content, 1, most, file);
    fclose(file);
    return desk_upload(desk, ledger, slice_make(content, size));
}

Import *
desk_commit(struct desk *desk, const Import *import, bool good_rows_only)
{
    CommitImportRequest *in = commit_import_request_new(desk->arena);

    in->id = import->id;
    in->good_rows_only = good_rows_only;
    must_call(desk, &organizations_commit_import, &in->base, import->version);
    desk_work(desk);
    return desk_import(desk, import->id);
}

ImportRowPage *
desk_rows(struct desk *desk, const Import *import, RowOutcome outcome)
{
    ListImportRowsRequest *in = list_import_rows_request_new(desk->arena);

    in->id = import->id;
    in->which_case = LIANGXIN__ORGANIZATIONS__V1__LIST_IMPORT_ROWS_REQUEST__WHICH_OUTCOME;
    in->outcome = outcome;
    return (ImportRowPage *)must_call(desk, &organizations_list_import_rows, &in->base, 0);
}

ImportRow *
desk_row(struct desk *desk, const Import *import, RowOutcome outcome)
{
    ImportRowPage *page = desk_rows(desk, import, outcome);

    assert_int_equal(page->n_items, 1);
    return page->items[0];
}

static void
load(struct desk *desk, Ledger ledger, const char *path)
{
    Import *import = desk_upload_file(desk, ledger, path);

    assert_int_equal(import->state, STATE(VALIDATED));
    assert_int_equal(import->created, import->read);
    import = desk_commit(desk, import, false);
    assert_int_equal(import->created, import->read);
    assert_int_equal(import->done, import->read);
}

void
desk_load(struct desk *desk, const char *folder)
{
    load(desk, LEDGER(REGIONS), arena_printf(desk->arena, "%s/divisions.csv", folder));
    load(desk, LEDGER(ORGANIZATIONS), arena_printf(desk->arena, "%s/organizations.csv", folder));
    load(desk, LEDGER(UNITS), arena_printf(desk->arena, "%s/units.csv", folder));
    load(desk, LEDGER(MEMBERS), arena_printf(desk->arena, "%s/members.csv", folder));
}

Organization *
desk_organization(struct desk *desk, const char *code)
{
    ListOrganizationsRequest *in = list_organizations_request_new(desk->arena);
    OrganizationPage *page;

    in->code = wire_text(code);
    page = (OrganizationPage *)must_call(desk, &organizations_list_organizations, &in->base, 0);
    assert_int_equal(page->n_items, 1);
    return page->items[0];
}

Summary *
desk_summary(struct desk *desk, const char *code)
{
    SummarizeOrganizationRequest *in = summarize_organization_request_new(desk->arena);

    in->id = desk_organization(desk, code)->id;
    return (Summary *)must_call(desk, &organizations_summarize_organization, &in->base, 0);
}

void
desk_act_at(struct desk *desk, const char *code)
{
    desk->actor.organization =
        query_id(desk, arena_printf(desk->arena, "select id from organization where code = '%s'", code));
}

static const char town[] =
    "组织编码,组织名称,组织类型,上级组织编码,组建方式,区划代码,所在园区,成立日期,届满日期,书记姓名,联系电话,"
    "预备党员审批权\n"
    "T,三溪镇党委,党委,,区域建,320699,,,,,,\n"
    "T1,甲党支部,党支部,T,单独组建,320699,,,,,,\n"
    "V,别处党委,党委,,区域建,320699,,,,,,\n";

int
desk_open_town(void **state)
{
    struct desk *desk = desk_open();

    desk_commit(desk, desk_upload_text(desk, LEDGER(REGIONS), "code,name\n320699,示范区\n"), false);
    desk_commit(desk, desk_upload_text(desk, LEDGER(ORGANIZATIONS), town), false);
    *state = desk;
    return 0;
}

int
desk_close_town(void **state)
{
    desk_close(*state);
    return 0;
}
