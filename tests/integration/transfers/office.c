/* SPDX-License-Identifier: Apache-2.0 */
/* The small city, its service and those who act. The test's thread but for the servers' own. */
#include "office.h"

#include <stdio.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <sys/socket.h>

#include <liangxin/organizations/v1/organizations.facts.h>
#include <liangxin/organizations/v1/members.pb-c.h>

#include "io/clock.h"
#include "io/log.h"
#include "rpc/cursor.h"
#include "rpc/server.h"
#include "transfers/service.h"
#include "transfers/transfers.h"

#define WORKERS 8

/* One for the process: servers cannot be told from one another by their metrics. */
static struct {
    struct office office;
    struct bus *transfers_bus;
    struct bus *organizations_bus;
    struct rpc_server *transfers;
    struct rpc_server *organizations;
    struct transfers_state state;
    struct seal_key actor_public;
    char organizations_address[64];
    struct rpc_method read_member;
    struct rpc_endpoint organizations_methods[2];
} city;

/* --- ids ------------------------------------------------------------------------------------------------------------
 */

struct id
place_id(enum place place)
{
    return (struct id){ { 0xa0, [15] = (uint8_t)place } };
}

struct id
member_id(int member)
{
    return (struct id){ { 0xb0, [15] = (uint8_t)member } };
}

char *
id_text(struct arena *arena, struct id id)
{
    char text[ID_SIZE];

    id_format(&id, text);
    return arena_text(arena, text);
}

/* --- the city -------------------------------------------------------------------------------------------------------
 */

static const struct {
    enum place place;
    enum place superior;
    const char *kind;
    bool issues;
} places[] = {
    { ROOT, 0, "working_committee", false },
    { DISTRICT_A, ROOT, "working_committee", false },
    { COMMITTEE_A, DISTRICT_A, "committee", true },
    { BRANCH_A1, COMMITTEE_A, "branch", false },
    { BRANCH_A2, COMMITTEE_A, "branch", false },
    { DISTRICT_B, ROOT, "working_committee", false },
    { COMMITTEE_B, DISTRICT_B, "committee", true },
    { BRANCH_B1, COMMITTEE_B, "branch", false },
    { GENERAL_B, COMMITTEE_B, "general_branch", false },
    { BRANCH_B2, GENERAL_B, "joint_branch", false },
    { COMMITTEE_C, DISTRICT_B, "committee", true },
    { BRANCH_C1, COMMITTEE_C, "branch", false },
    { COMMITTEE_D, DISTRICT_B, "committee", false },
};

static void
found_places(struct office *office)
{
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char *id = id_text(office->arena, place_id(places[i].place));
        char *superior = places[i].superior
                             ? arena_printf(office->arena, "'%s'", id_text(office->arena, place_id(places[i].superior)))
                             : arena_text(office->arena, "null");

        test_pg_run(office->pg, "transfers",
                    arena_printf(office->arena,
                                 "insert into organization values ('%s', 'place %d', 'P%d', '%s', %s, %s, 1)", id,
                                 (int)places[i].place, (int)places[i].place, places[i].kind, superior,
                                 places[i].issues ? "'2016-01-01'" : "null"));
    }
    test_pg_run(
        office->pg, "transfers",
        "with recursive up as (select id as descendant, id as ancestor, 0 as depth from organization"
        " union all select up.descendant, o.superior_id, depth + 1 from up join organization o on o.id = up.ancestor"
        " where o.superior_id is not null)"
        " insert into organization_line select descendant, ancestor, depth from up");
}

static void
found_members(struct office *office)
{
    for (int i = 1; i <= MEMBERS; i++)
        test_pg_run(office->pg, "transfers",
                    arena_printf(office->arena,
                                 "insert into member values ('%s', '%s', 'member %d', 'full', '%s', '%s', 1)",
                                 id_text(office->arena, member_id(i)), id_text(office->arena, member_id(i)), i,
                                 i == INACTIVE ? "removed" : "active", id_text(office->arena, place_id(BRANCH_A1))));
}

/* What organizations tells of a member. */
static status_t
tell_member(struct call *call, const ProtobufCMessage *message, ProtobufCMessage *reply)
{
    const Liangxin__Organizations__V1__ReadMemberForLetterRequest *in =
        (const Liangxin__Organizations__V1__ReadMemberForLetterRequest *)message;
    Liangxin__Organizations__V1__LetterMember *out = (Liangxin__Organizations__V1__LetterMember *)reply;
    struct id id = id_of(in->member_id);
    bool moved = id.bytes[15] == MOVED_AWAY || id.bytes[15] == MOVED_LATELY;

    city.office.reveals++;
    if (id.bytes[15] == UNKNOWN_THERE)
        return status_plain(PROBLEM_NOT_FOUND);
    out->member_id = in->member_id;
    out->name = arena_text(call->arena, "陈远");
    out->sex = arena_text(call->arena, "male");
    out->born_on = arena_text(call->arena, "1990-01-31");
    out->ethnicity = arena_text(call->arena, "汉族");
    out->standing = LIANGXIN__ORGANIZATIONS__V1__STANDING__STANDING_FULL;
    out->identity_number = arena_text(call->arena, "320699199001311234");
    out->telephone = arena_text(call->arena, "13912345678");
    out->version = id.bytes[15] == MOVED_LATELY ? 2 : 1;
    out->organization_id = id_text(call->arena, place_id(moved ? BRANCH_A2 : BRANCH_A1));
    out->committee_telephone = arena_text(call->arena, "0513-81234567");
    return OK;
}

static void
free_address(char address[64])
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof at;
    int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_int_equal(bind(probe, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(getsockname(probe, (struct sockaddr *)&at, &size), 0);
    snprintf(address, 64, "127.0.0.1:%d", ntohs(at.sin_port));
    close(probe);
}

static void
start_organizations(struct arena *arena)
{
    struct rpc_server_setup setup = { .name = "organizations", .workers = 2, .queue_limit = 64 };

    city.read_member = organizations_read_member_for_letter;
    city.read_member.effect = METHOD_PURE; /* the stand-in has no database */
    city.organizations_methods[0] = (struct rpc_endpoint){ &city.read_member, tell_member, NULL };
    free_address(city.organizations_address);
    setup.bus = city.organizations_bus = test_bus(arena, "organizations");
    setup.endpoints = city.organizations_methods;
    setup.actor_public = &city.actor_public;
    setup.bind = arena_printf(arena, "tcp://%s", city.organizations_address);
    assert_null(rpc_server_start(arena, &setup, &city.organizations));
}

static void
start_transfers(struct office *office)
{
    static struct rpc_peer peer;
    struct rpc_server_setup setup = { .name = "transfers",
                                      .endpoints = transfers_service.methods,
                                      .state = &city.state,
                                      .workers = WORKERS,
                                      .queue_limit = 256 };

    free_address(office->address);
    peer = (struct rpc_peer){ "organizations", city.organizations_address };
    setup.bus = city.transfers_bus = test_bus(office->arena, "transfers");
    setup.bind = arena_printf(office->arena, "tcp://%s", office->address);
    setup.dsn = test_pg_dsn(office->pg, "transfers");
    setup.actor_public = &city.actor_public;
    setup.peers = &peer;
    setup.n_peers = 1;
    assert_null(rpc_server_start(office->arena, &setup, &city.transfers));
}

int
office_open(void **state)
{
    struct office *office = &city.office;

    log_open("test", LOG_WARN); /* refusals are what is tested */
    seal_init();
    rpc_server_metrics();
    office->arena = arena_new((size_t)64 << 20);
    office->pg = test_pg_open();
    found_places(office);
    found_members(office);
    city.actor_public = test_actor_public(office->arena);
    assert_true(seal_ring_parse(test_key(office->arena, "letter.keys"), &city.state.keys));
    city.state.validity_days = 10;
    city.state.validity_days_outside = 30;
    city.state.public_url = "http://letters.example.org";
    cursor_open(&city.state.keys.key[0]);
    start_organizations(office->arena);
    start_transfers(office);
    office->bus = test_bus(office->arena, "gateway");
    *state = office;
    return 0;
}

int
office_close(void **state)
{
    struct office *office = *state;

    rpc_server_stop(city.transfers, 1000);
    rpc_server_stop(city.organizations, 1000);
    bus_close(office->bus);
    bus_close(city.transfers_bus);
    bus_close(city.organizations_bus);
    test_pg_close(office->pg);
    arena_free(office->arena);
    return 0;
}

int
office_clear(void **state)
{
    static const char *const tables[] = { "paper_copy",     "document_job", "file",           "inner_move",
                                          "letter_clock",   "letter_check", "letter_party",   "letter_content_history",
                                          "letter_history", "letter",       "letter_counter", "outbox",
                                          "idempotency",    "audit" };
    struct office *office = *state;

    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        test_pg_run(office->pg, "transfers", arena_printf(office->arena, "delete from %s", tables[i]));
    test_pg_run(office->pg, "transfers",
                arena_printf(office->arena,
                             "update member set organization_id = '%s', awaits_letter = null,"
                             " status = case status when 'moved_out' then 'active' else status end",
                             id_text(office->arena, place_id(BRANCH_A1))));
    office->reveals = 0;
    return 0;
}

/* --- those who act ---------------------------------------------------------------------------------------------------
 */

struct clerk
clerk_open(struct office *office, const char *role, enum place place)
{
    struct rpc_peer peer = { "transfers", office->address };

    return (struct clerk){ .office = office,
                           .arena = arena_new((size_t)64 << 20),
                           .client = rpc_client_new(office->bus, &peer, 1),
                           .role = role,
                           .place = place };
}

void
clerk_close(struct clerk *clerk)
{
    rpc_client_free(clerk->client);
    arena_free(clerk->arena);
}

void
clerk_post(struct clerk *clerk, const char *role, enum place place)
{
    clerk->role = role;
    clerk->place = place;
}

static struct slice
token_of(struct clerk *clerk)
{
    /* The first is the city's alone. */
    static const char *const permissions[] = { "member.reveal", "letter.read",  "letter.draft",
                                               "letter.agree",  "letter.issue", "letter.receive",
                                               "letter.report", "letter.void",  NULL };
    bool may_reveal = strcmp(clerk->role, "city_clerk") == 0;
    struct id account = { { 0xc0, [14] = (uint8_t)clerk->role[0], [15] = (uint8_t)clerk->place } };
    struct id organization = place_id(clerk->place);

    return test_actor_token(clerk->arena, &account, clerk->role, &organization,
                            may_reveal ? permissions : permissions + 1);
}

void *
clerk_ask(struct clerk *clerk, const struct rpc_method *method, const ProtobufCMessage *request, int64_t version,
          const char **ret_slug)
{
    struct rpc_options options = { .actor = token_of(clerk),
                                   .has_version = version != 0,
                                   .version = version,
                                   .idempotency_key = clerk->key ? clerk->key : id_text(clerk->arena, clock_id()) };
    ProtobufCMessage *reply = NULL;
    status_t st = rpc_call(clerk->client, clerk->arena, method, request, &options, &reply);

    if (ret_slug)
        *ret_slug = st ? st->problem->slug : "";
    else if (st)
        fail_msg("%s: %s %s", method->name, st->problem->slug, st->detail ? st->detail : "");
    return st ? NULL : reply;
}

/* Requests of the commands, filled with what lets them pass. */
static const ProtobufCMessage *
plain_request(struct arena *arena, const Letter *letter)
{
    StepRequest *request = step_request_new(arena);

    request->id = letter->id;
    return &request->base;
}

static const ProtobufCMessage *
reasoned_request(struct arena *arena, const Letter *letter)
{
    ReasonRequest *request = reason_request_new(arena);

    request->id = letter->id;
    request->note = arena_text(arena, "because");
    return &request->base;
}

static const ProtobufCMessage *
agree_request(struct arena *arena, const Letter *letter)
{
    AgreeRequest *request = agree_request_new(arena);

    request->id = letter->id;
    request->dues_paid_to = arena_text(arena, "2026-10");
    return &request->base;
}

static const ProtobufCMessage *
approve_request(struct arena *arena, const Letter *letter)
{
    ApproveRequest *request = approve_request_new(arena);

    request->id = letter->id;
    request->dues_case = LIANGXIN__TRANSFERS__V1__APPROVE_REQUEST__DUES_DUES_PAID_TO;
    request->dues_paid_to = arena_text(arena, "2026-10");
    return &request->base;
}

static const ProtobufCMessage *
refuse_request(struct arena *arena, const Letter *letter)
{
    RefuseRequest *request = refuse_request_new(arena);

    request->id = letter->id;
    request->note = arena_text(arena, "because");
    request->reason = LIANGXIN__TRANSFERS__V1__REFUSAL_REASON__REFUSAL_REASON_UNFINISHED_CASE;
    return &request->base;
}

static const ProtobufCMessage *
issue_request(struct arena *arena, const Letter *letter)
{
    IssueRequest *request = issue_request_new(arena);

    request->id = letter->id;
    return &request->base;
}

static bool
is_to(struct arena *arena, const Letter *letter, enum place committee)
{
    return strcmp(letter->to_committee_id, id_text(arena, place_id(committee))) == 0;
}

static const ProtobufCMessage *
assign_request(struct arena *arena, const Letter *letter)
{
    AssignRequest *request = assign_request_new(arena);

    request->id = letter->id;
    request->branch_id = id_text(arena, place_id(is_to(arena, letter, COMMITTEE_C) ? BRANCH_C1 : BRANCH_B1));
    return &request->base;
}

static const ProtobufCMessage *
correct_request(struct arena *arena, const Letter *letter)
{
    CorrectRequest *request = correct_request_new(arena);

    request->id = letter->id;
    request->note = arena_text(arena, "because");
    return &request->base;
}

static const ProtobufCMessage *
forward_request(struct arena *arena, const Letter *letter)
{
    ForwardRequest *request = forward_request_new(arena);

    request->id = letter->id;
    request->to_committee_id = id_text(arena, place_id(is_to(arena, letter, COMMITTEE_C) ? COMMITTEE_B : COMMITTEE_C));
    request->note = arena_text(arena, "because");
    return &request->base;
}

/* The receipt is of the letter's own day of issue. */
static const ProtobufCMessage *
receipt_request(struct arena *arena, const Letter *letter)
{
    ReceiptRequest *request = receipt_request_new(arena);

    request->id = letter->id;
    request->number = arena_text(arena, "外〔2026〕7号");
    request->received_on = arena_text(arena, letter->issued_on[0] ? letter->issued_on : "2026-11-02");
    return &request->base;
}

static const struct {
    const char *event;
    const struct rpc_method *method;
    const ProtobufCMessage *(*request)(struct arena *arena, const Letter *letter);
} commands[] = {
    { "submit", &transfers_submit, plain_request },
    { "agree", &transfers_agree, agree_request },
    { "return", &transfers_return, reasoned_request },
    { "refuse", &transfers_refuse, refuse_request },
    { "withdraw", &transfers_withdraw, plain_request },
    { "cancel", &transfers_cancel, reasoned_request },
    { "issue", &transfers_issue, issue_request },
    { "send_up", &transfers_send_up, plain_request },
    { "deliver", &transfers_deliver, plain_request },
    { "open", &transfers_open, plain_request },
    { "forward", &transfers_forward, forward_request },
    { "recall", &transfers_recall, reasoned_request },
    { "confirm", &transfers_confirm, plain_request },
    { "decline", &transfers_decline, reasoned_request },
    { "report_lost", &transfers_report_lost, reasoned_request },
    { "start_file_check", &transfers_start_file_check, plain_request },
    { "receive", &transfers_receive, plain_request },
    { "assign", &transfers_assign, assign_request },
    { "report", &transfers_report, plain_request },
    { "send_receipt", &transfers_send_receipt, plain_request },
    { "match_stub", &transfers_match_stub, plain_request },
    { "correct", &transfers_correct, correct_request },
    { "reissue", &transfers_reissue, reasoned_request },
    { "appeal", &transfers_appeal, reasoned_request },
    { "undo", &transfers_undo, reasoned_request },
    { "approve", &transfers_approve, approve_request },
    { "record_receipt", &transfers_record_receipt, receipt_request },
    { "void", &transfers_void, reasoned_request },
};

Letter *
clerk_step(struct clerk *clerk, const char *event, const Letter *letter, const char **ret_slug)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i].event, event) == 0)
            return clerk_ask(clerk, commands[i].method, commands[i].request(clerk->arena, letter), letter->version,
                             ret_slug);
    fail_msg("no command %s", event);
    return NULL;
}

Letter *
clerk_draft(struct clerk *clerk, int member, enum place to, const char **ret_slug)
{
    DraftRequest *draft = draft_request_new(clerk->arena);

    draft->member_id = id_text(clerk->arena, member_id(member));
    draft->to_committee_id = id_text(clerk->arena, place_id(to));
    draft->reason = LIANGXIN__TRANSFERS__V1__TRANSFER_REASON__TRANSFER_REASON_WORK_UNIT_CHANGED;
    return clerk_ask(clerk, &transfers_draft, &draft->base, 0, ret_slug);
}

Letter *
clerk_see(struct clerk *clerk, const char *id)
{
    LetterId *request = letter_id_new(clerk->arena);
    const char *slug;

    request->id = arena_text(clerk->arena, id);
    return clerk_ask(clerk, &transfers_get_letter, &request->base, 0, &slug);
}

static const struct {
    const char *event;
    const char *role;
    enum place place;
} road[] = {
    { "submit", "branch_secretary", BRANCH_A1 },        { "agree", "branch_secretary", BRANCH_A1 },
    { "issue", "committee_clerk", COMMITTEE_A },        { "receive", "committee_clerk", COMMITTEE_B },
    { "assign", "committee_clerk", COMMITTEE_B },       { "report", "branch_secretary", BRANCH_B1 },
    { "send_receipt", "committee_clerk", COMMITTEE_B }, { "match_stub", "committee_clerk", COMMITTEE_A },
};

Letter *
clerk_letter_after(struct clerk *clerk, int member, const char *event)
{
    const char *role = clerk->role;
    enum place place = clerk->place;
    Letter *letter;

    clerk_post(clerk, "branch_secretary", BRANCH_A1);
    letter = clerk_draft(clerk, member, COMMITTEE_B, NULL);
    for (size_t i = 0; strcmp(event, "draft") != 0 && i < sizeof road / sizeof *road; i++) {
        clerk_post(clerk, road[i].role, road[i].place);
        letter = clerk_step(clerk, road[i].event, letter, NULL);
        if (strcmp(event, road[i].event) == 0)
            break;
    }
    clerk_post(clerk, role, place);
    return letter;
}
