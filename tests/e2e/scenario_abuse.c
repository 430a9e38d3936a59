/* SPDX-License-Identifier: Apache-2.0 */
/* Every route, by every role, for objects of its own branch, of its neighbours and of nobody: what lies outside one's
 * scope does not exist, and no answer carries a name from there. */
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include "e2e/contract.h"
#include "e2e/contract_calls.h"
#include "e2e/log_scan.h"
#include "support/cmocka_all.h"

#define NOBODY     "01900000-0000-7000-8000-000000000000"
#define ROLES      32
#define NO_VERSION 999999 /* of no row: a command that is allowed fails as stale and changes nothing */

enum kind {
    ORGANIZATION,
    MEMBER,
    LETTER,
    MOVE,
    IMPORT,
    ANNOTATED,
    UPLOAD,
    EXPORT,
    DOCUMENT,
    MESSAGE,
    ACCOUNT,
    POST,
    SESSION,
    REGION,
    UNIT,
    CONFLICT,
    TALK,
    PERSON,
    PAPERS,
    INSTRUCTOR,
    VISIT,
    REPORT,
    ANCHOR,
    LETTER_EXPORT,
    KINDS
};

/* Whose object it is, seen from the branch. For the committee above it, own, sibling and parent lie within reach. */
enum relation { OWN, SIBLING, PARENT, UNRELATED, NONE, RELATIONS };

static const char *const relations[RELATIONS] = { "own", "sibling", "parent", "unrelated", "nobody's" };

/* Which objects a path speaks of. A new path with a parameter needs a row. */
static const struct place {
    const char *path; /* begins with this */
    enum kind kind;
} places[] = {
    { "/api/v1/organizations/{", ORGANIZATION },
    { "/api/v1/regions/{", REGION },
    { "/api/v1/members/{", MEMBER },
    { "/api/v1/units/{", UNIT },
    { "/api/v1/unit-conflicts/{", CONFLICT },
    { "/api/v1/talks/{", TALK },
    { "/api/v1/persons/{", PERSON },
    { "/api/v1/instructors/{", INSTRUCTOR },
    { "/api/v1/visits/{", VISIT },
    { "/api/v1/visit-problems/{", VISIT },
    { "/api/v1/instructor-reports/{", REPORT },
    { "/api/v1/anchors/{", ANCHOR },
    { "/api/v1/dues/members/{", MEMBER },
    { "/api/v1/training/members/{", MEMBER },
    { "/api/v1/transfers/{", LETTER },
    { "/api/v1/moves/{", MOVE },
    { "/api/v1/imports/{id}/annotated", ANNOTATED },
    { "/api/v1/imports/{", IMPORT },
    { "/api/v1/files/{", UPLOAD },
    { "/api/v1/exports/{", EXPORT },
    { "/api/v1/documents/{", DOCUMENT },
    { "/api/v1/papers/{", PAPERS },
    { "/api/v1/letter_exports/{", LETTER_EXPORT },
    { "/api/v1/messages/{", MESSAGE },
    { "/api/v1/accounts/{", ACCOUNT },
    { "/api/v1/posts/{", POST },
    { "/api/v1/sessions/{", SESSION },
};

/* People and numbers of the unrelated branch, and of the sibling. */
static const char *const planted[] = { "于腾",   "13452765329", "320698197502272415", "17786416483", "游海祥",
                                       "袁德琴", "17522037996", "91320698MALA0QTUDU", "柏扬",        "13900010003",
                                       NULL };
static const char *const planted_beside[] = { "桂琼",        "13597293128", "320698200304212571", "17786416482",
                                              "严柔青",      "任锦",        "17018418097",        "苗普",
                                              "13900010002", NULL };

/* The branch's member, whom an instructor and a unit contact never see. */
static const char *const planted_here[] = { "莫思影", "17342840920", "320698200203126949", NULL };

struct actor {
    bool above; /* at the committee, not at the branch */
    bool owns;  /* narrowed, at the branch: a unit of it or its only member is the post's */
    char role[64];
    char reach[16];
    char permissions[4096];
    char token[256];
};

struct world {
    struct contract *contract;
    struct log_scan logs;
    struct actor actor[ROLES];
    size_t actors;
    char object[KINDS][RELATIONS][64]; /* empty: there is none */
    int keys;
};

static void
make_actor(struct world *world, const char *role, bool above)
{
    const struct two_towns *towns = &world->contract->towns;
    char name[80];
    struct actor *actor = &world->actor[world->actors++];
    char sql[256];
    char *permissions;

    assert_true(world->actors <= ROLES);
    actor->above = above;
    snprintf(actor->role, sizeof actor->role, "%s", role);
    snprintf(sql, sizeof sql,
             "select ' ' || coalesce(string_agg(permission, ' '), '') || ' ' from role_permission where role = '%s'",
             role);
    permissions = test_pg_text(world->contract->pg, "organizations", sql);
    snprintf(actor->permissions, sizeof actor->permissions, "%s", permissions);
    free(permissions);
    snprintf(sql, sizeof sql, "select reach from role where name = '%s'", role);
    permissions = test_pg_text(world->contract->pg, "organizations", sql);
    snprintf(actor->reach, sizeof actor->reach, "%s", permissions);
    free(permissions);
    snprintf(name, sizeof name, "%s%s", role, above ? "_above" : "");
    api_account(&world->contract->api, name, role, above ? towns->east : towns->east_branch, actor->token);
}

/* Two of every role there is: one at the branch, one at the committee above it. */
static void
make_actors(struct world *world)
{
    char *roles = test_pg_text(world->contract->pg, "organizations",
                               "select string_agg(name, ' ' order by name) from role where name <> 'city_clerk'");
    char *save = NULL;

    for (char *role = strtok_r(roles, " ", &save); role; role = strtok_r(NULL, " ", &save)) {
        make_actor(world, role, false);
        make_actor(world, role, true);
    }
    free(roles);
    assert_true(world->actors > 16);
}

static void
remember(struct world *world, enum kind kind, enum relation relation, const char *id)
{
    snprintf(world->object[kind][relation], sizeof world->object[kind][relation], "%s", id);
}

static void
remember_row(struct world *world, enum kind kind, enum relation relation, const char *schema, const char *sql)
{
    char *id;

    for (int i = 0; i < 500; i++) { /* news takes its time */
        id = test_pg_text(world->contract->pg, schema, sql);
        if (id && id[0])
            break;
        free(id);
        id = NULL;
        poll(NULL, 0, 20);
    }
    assert_non_null(id);
    remember(world, kind, relation, id);
    free(id);
}

/* A letter of the branch's only member, handed in, so that the branch has a message too. */
static void
make_letter(struct world *world, enum relation relation, const char *branch, const char *to)
{
    struct api *api = &world->contract->api;
    char member[64];
    char body[256];
    char sql[256];
    struct test_reply reply = { 0 };

    api_member(api, branch, member);
    remember(world, MEMBER, relation, member);
    snprintf(body, sizeof body, "{\"member_id\":\"%s\",\"to_committee_id\":\"%s\",\"reason\":\"other\"}", member, to);
    for (int i = 0; i < 500 && reply.status != 201; i++) {
        test_reply_done(&reply);
        reply = api_post(api, api->city, "/transfers", 0, body);
        poll(NULL, 0, reply.status == 201 ? 0 : 20);
    }
    remember(world, LETTER, relation, test_reply_text(&reply, "id"));
    api_step(api, api->city, world->object[LETTER][relation], "submit", test_reply_number(&reply, "version"), "{}",
             "submitted");
    test_reply_done(&reply);
    snprintf(sql, sizeof sql, "select max(id::text) from message where organization_id = '%s'", branch);
    remember_row(world, MESSAGE, relation, "notifications", sql);
}

/* A move asked for between these two, to be confirmed by that committee. Straight into the table: the members have
 * letters. */
static void
make_move(struct world *world, enum relation relation, const char *from, const char *to, const char *committee)
{
    char sql[512];
    char id[64];

    snprintf(id, sizeof id, "01900000-0000-7000-8000-0000000000a%d", (int)relation);
    snprintf(sql, sizeof sql,
             "insert into inner_move values ('%s', 1, 'asked', '%s', '%s', '%s', '%s', '', now(), null)", id,
             world->object[MEMBER][relation], from, to, committee);
    test_pg_run(world->contract->pg, "transfers", sql);
    remember(world, MOVE, relation, id);
}

static void
make_import(struct world *world, enum relation relation, const char *token)
{
    static const char csv[] = "code,name\n1,西\n";
    char id[64];

    api_upload_as(&world->contract->api, token, "regions", csv, strlen(csv), id);
    remember(world, IMPORT, relation, id);
    remember(world, ANNOTATED, relation, id);
}

/* A ledger, or a table of letters, that somebody else asked for. */
static void
make_export(struct world *world, const char *token, enum kind kind, const char *path, const char *body)
{
    struct test_reply reply = api_post(&world->contract->api, token, path, 0, body);

    assert_int_equal(reply.status, 202);
    remember(world, kind, UNRELATED, test_reply_text(&reply, "id"));
    test_reply_done(&reply);
}

/* Letters that somebody else prints. */
static void
make_papers(struct world *world)
{
    const char *id = "01900000-0000-7000-8000-0000000bad01";
    char sql[512];

    snprintf(sql, sizeof sql,
             "insert into document_job (id, account_id, role, organization_id, request_id, kind, wish, state,"
             " created_at, worked_at)"
             " values ('%s', '%s', 'city_clerk', '%s', '%s', 'paper_batch', '\\x0801', 'cancelled', now(), now())",
             id, id, id, id);
    test_pg_run(world->contract->pg, "transfers", sql);
    remember(world, PAPERS, UNRELATED, id);
}

/* A file that somebody else put. */
static void
make_file(struct world *world, const char *token)
{
    const char *id = "01900000-0000-7000-8000-00000000f11e";
    char url[256];
    struct test_reply reply;

    snprintf(url, sizeof url, "%s/files/%s?file_name=a.csv&purpose=import", world->contract->api.base, id);
    reply = test_http(&(struct test_request){
        .verb = "PUT", .url = url, .token = token, .type = "text/csv", .body = "code,name\n1,于腾\n" });
    assert_int_equal(reply.status, 200);
    remember(world, UPLOAD, UNRELATED, id);
    test_reply_done(&reply);
}

/* A paper of an organization, put there by the city. */
static void
make_document(struct world *world, enum relation relation, const char *organization)
{
    struct api *api = &world->contract->api;
    char url[256];
    char body[512];
    struct test_reply reply;

    snprintf(url, sizeof url, "%s/files/01900000-0000-7000-8000-00000000d0c%d?file_name=a.pdf&purpose=document",
             api->base, (int)relation);
    reply = test_http(&(struct test_request){
        .verb = "PUT", .url = url, .token = api->city, .type = "application/pdf", .body = "%PDF-1.7\n" });
    assert_int_equal(reply.status, 200);
    snprintf(body, sizeof body,
             "{\"record\":\"organization\",\"record_id\":\"%s\",\"file_id\":\"%s\",\"kind\":\"scan\",\"title\":\"x\"}",
             organization, test_reply_text(&reply, "id"));
    test_reply_done(&reply);
    reply = api_post(api, api->city, "/documents", 0, body);
    assert_int_equal(reply.status, 201);
    remember(world, DOCUMENT, relation, test_reply_text(&reply, "id"));
    test_reply_done(&reply);
}

/* An account and its post. Those of the own branch are left out: locking and ending them is allowed there. */
static void
find_account(struct world *world, enum relation relation, const char *name)
{
    char sql[256];

    snprintf(sql, sizeof sql, "select id from account where name = '%s'", name);
    remember_row(world, ACCOUNT, relation, "organizations", sql);
    snprintf(sql, sizeof sql,
             "select p.id from account_post p join account a on a.id = p.account_id where a.name = '%s'", name);
    remember_row(world, POST, relation, "organizations", sql);
}

/* A unit is the one that the branch covers; an applicant is kept there. */
static void
make_neighbours(struct world *world, enum relation relation, const char *code, const char *name)
{
    char text[256];
    struct test_reply reply;

    snprintf(text, sizeof text,
             "select u.id from unit u join organization o on o.id = u.organization_id where o.code = '%s'", code);
    remember_row(world, UNIT, relation, "organizations", text);
    snprintf(text, sizeof text, "{\"name\":\"%s\",\"telephone\":\"1390001000%d\",\"organization_code\":\"%s\"}", name,
             (int)relation + 1, code);
    reply = api_post(&world->contract->api, world->contract->api.city, "/persons", 0, text);
    assert_int_equal(reply.status, 201);
    remember(world, PERSON, relation, test_reply_text(&reply, "id"));
    test_reply_done(&reply);
}

static void
make_anchor(struct world *world, enum relation relation, const char *region)
{
    struct api *api = &world->contract->api;
    char body[256];
    struct test_reply reply;

    snprintf(body, sizeof body, "{\"kind\":\"grid\",\"name\":\"第一网格\",\"region_code\":\"%s\"}", region);
    reply = api_post(api, api->city, "/anchors", 0, body);
    assert_int_equal(reply.status, 201);
    remember(world, ANCHOR, relation, test_reply_text(&reply, "id"));
    test_reply_done(&reply);
}

/* The applicant becomes an instructor of the branch, visits its unit, and the branch is asked. */
static void
make_visit(struct world *world, enum relation relation, const char *branch)
{
    struct api *api = &world->contract->api;
    char path[128];
    char body[512];
    struct test_reply reply;

    snprintf(body, sizeof body, "{\"person_id\":\"%s\",\"organization_id\":\"%s\",\"sending_unit\":\"区科技局\"}",
             world->object[PERSON][relation], branch);
    reply = api_post(api, api->city, "/instructors", 0, body);
    assert_int_equal(reply.status, 201);
    remember(world, INSTRUCTOR, relation, test_reply_text(&reply, "id"));
    test_reply_done(&reply);
    snprintf(path, sizeof path, "/instructors/%s/dispatch", world->object[INSTRUCTOR][relation]);
    snprintf(body, sizeof body, "{\"unit_id\":\"%s\"}", world->object[UNIT][relation]);
    reply = api_post(api, api->city, path, 1, body);
    assert_int_equal(reply.status, 200);
    test_reply_done(&reply);
    snprintf(path, sizeof path, "/dispatches?instructor_id=%s", world->object[INSTRUCTOR][relation]);
    reply = api_get(api, api->city, path);
    snprintf(body, sizeof body,
             "{\"dispatch_id\":\"%s\",\"kind\":\"visit\",\"content\":\"走访\",\"problem\":\"用工\","
             "\"department_id\":\"%s\"}",
             json_string_value(json_object_get(json_array_get(json_object_get(reply.json, "items"), 0), "id")), branch);
    test_reply_done(&reply);
    reply = api_post(api, api->city, "/visits", 0, body);
    assert_int_equal(reply.status, 201);
    remember(world, VISIT, relation, test_reply_text(&reply, "id"));
    test_reply_done(&reply);
    snprintf(body, sizeof body, "{\"instructor_id\":\"%s\",\"year\":%s,\"half\":%s}",
             world->object[INSTRUCTOR][relation], contract_get(world->contract, "year"),
             contract_get(world->contract, "half"));
    reply = api_post(api, api->city, "/instructor-reports", 0, body);
    assert_int_equal(reply.status, 201);
    remember(world, REPORT, relation, test_reply_text(&reply, "id"));
    test_reply_done(&reply);
}

/* A registration list says otherwise of the unit. Straight into the table: who asks is what is tried. */
static void
make_conflict(struct world *world, enum relation relation)
{
    char sql[640];
    char id[64];

    snprintf(id, sizeof id, "01900000-0000-7000-8000-00000000c0f%d", (int)relation);
    snprintf(sql, sizeof sql,
             "insert into unit_conflict (id, kind, unit_id, field, unit_code, region_code, offered, as_of, source,"
             " offered_account, offered_role, offered_organization, offered_at, state)"
             " select '%s', 'field', id, 'staff', code, region_code, '1', '2026-01-01', 'registration', id,"
             " 'city_clerk', id, now(), 'open' from unit where id = '%s'",
             id, world->object[UNIT][relation]);
    test_pg_run(world->contract->pg, "organizations", sql);
    remember(world, CONFLICT, relation, id);
}

/* A talk with the unit's owner. */
static void
make_talk(struct world *world, enum relation relation)
{
    char sql[320];
    char id[64];

    snprintf(id, sizeof id, "01900000-0000-7000-8000-0000000007a%d", (int)relation);
    snprintf(
        sql, sizeof sql,
        "insert into owner_talk (id, unit_id, held_on, held_by, version) values ('%s', '%s', '2026-01-01', 'x', 1)", id,
        world->object[UNIT][relation]);
    test_pg_run(world->contract->pg, "organizations", sql);
    remember(world, TALK, relation, id);
}

static void
make_objects(struct world *world)
{
    const struct two_towns *towns = &world->contract->towns;

    for (int kind = 0; kind < KINDS; kind++)
        remember(world, (enum kind)kind, NONE, NOBODY);
    remember(world, REGION, OWN, "320697001");
    remember(world, REGION, UNRELATED, "320697002");
    remember(world, ORGANIZATION, OWN, towns->east_branch);
    remember(world, ORGANIZATION, SIBLING, towns->east_second);
    remember(world, ORGANIZATION, PARENT, towns->east);
    remember(world, ORGANIZATION, UNRELATED, towns->west_branch);
    make_letter(world, OWN, towns->east_branch, towns->west);
    make_letter(world, SIBLING, towns->east_second, towns->west);
    make_letter(world, UNRELATED, towns->west_branch, towns->north);
    make_move(world, OWN, towns->east_branch, towns->east_second, towns->east);
    make_move(world, SIBLING, towns->east_second, towns->east, towns->east);
    make_move(world, UNRELATED, towns->west_branch, towns->west, towns->west);
    make_import(world, PARENT, towns->east_clerk);
    make_import(world, UNRELATED, towns->west_clerk);
    make_file(world, towns->west_clerk);
    make_neighbours(world, OWN, "E101", "曹禾");
    make_neighbours(world, SIBLING, "E102", "苗普");
    make_neighbours(world, UNRELATED, "W101", "柏扬");
    make_anchor(world, OWN, "320697001");
    make_anchor(world, UNRELATED, "320697002");
    make_visit(world, OWN, towns->east_branch);
    make_visit(world, SIBLING, towns->east_second);
    make_visit(world, UNRELATED, towns->west_branch);
    make_conflict(world, OWN);
    make_talk(world, OWN);
    make_conflict(world, SIBLING);
    make_talk(world, SIBLING);
    make_conflict(world, UNRELATED);
    make_talk(world, UNRELATED);
    make_export(world, towns->west_clerk, EXPORT, "/exports", "{\"ledger\":\"members\",\"format\":\"csv\"}");
    make_export(world, towns->west_clerk, LETTER_EXPORT, "/letter_exports", "{\"format\":\"csv\"}");
    make_document(world, OWN, towns->east_branch);
    make_document(world, SIBLING, towns->east_second);
    make_document(world, UNRELATED, towns->west_branch);
    make_papers(world);
    find_account(world, PARENT, "east_clerk");
    find_account(world, UNRELATED, "west_clerk");
}

/* One unit, or the branch's member himself, for whom there is no more; those above stay without. */
static void
give_own(struct world *world, struct actor *actor)
{
    bool unit = strcmp(actor->reach, "units") == 0;
    char sql[256];
    char path[128];
    char body[128];
    char *id;
    struct test_reply reply;

    snprintf(sql, sizeof sql,
             "select %s.id from account a join account_post p on p.account_id = a.id where a.name = '%s'",
             unit ? "p" : "a", actor->role);
    id = test_pg_text(world->contract->pg, "organizations", sql);
    snprintf(path, sizeof path, unit ? "/posts/%s/units" : "/accounts/%s/person", id);
    snprintf(body, sizeof body, unit ? "{\"unit_ids\":[\"%s\"]}" : "{\"person_id\":\"%s\"}",
             contract_get(world->contract, unit ? "unit" : "person"));
    reply = api_post(&world->contract->api, world->contract->api.city, path, 0, body);
    assert_int_equal(reply.status, 200);
    actor->owns = true;
    test_reply_done(&reply);
    free(id);
}

static void
give_owns(struct world *world)
{
    int narrowed = 0;

    for (size_t i = 0; i < world->actors; i++)
        if (!world->actor[i].above && strcmp(world->actor[i].reach, "line") != 0) {
            give_own(world, &world->actor[i]);
            narrowed++;
        }
    assert_int_equal(narrowed, 3);
}

static int
set_up(void **state)
{
    struct world *world = calloc(1, sizeof *world);

    world->contract = contract_new();
    contract_start_logged(world->contract, &world->logs);
    make_actors(world);
    make_objects(world);
    give_owns(world);
    *state = world;
    return 0;
}

static int
tear_down(void **state)
{
    struct world *world = *state;

    log_scan_free(&world->logs);
    contract_free(world->contract);
    free(world);
    return 0;
}

static bool
may(const struct actor *actor, const json_t *operation)
{
    char word[80];

    snprintf(word, sizeof word, " %s ", contract_word(operation, "permission"));
    return strstr(actor->permissions, word) != NULL;
}

static enum kind
kind_of(const json_t *operation)
{
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (strncmp(contract_word(operation, "path"), places[i].path, strlen(places[i].path)) == 0)
            return places[i].kind;
    fail_msg("%s: its path has no row in places", contract_word(operation, "id"));
    return KINDS;
}

static void
names(const struct actor *actor, const json_t *operation, const struct test_reply *reply, const char *const *words)
{
    for (; *words; words++)
        if (reply->body && strstr(reply->body, *words))
            fail_msg("%s as %s: %s of others: %s", contract_word(operation, "id"), actor->role, *words, reply->body);
}

/* The directory is the exception: of every organization of the city it tells these and nothing more. */
static void
tells_the_directory(const struct test_reply *reply)
{
    static const char *const told[] = { "id",           "code",           "name",      "kind",    "place",
                                        "committee_id", "committee_name", "telephone", "address", "former_name" };
    json_t *items = json_object_get(reply->json, "items");
    size_t i;
    json_t *item;
    const char *key;
    json_t *value;

    json_array_foreach(items, i, item) json_object_foreach(item, key, value)
    {
        size_t at = 0;

        while (at < sizeof told / sizeof *told && strcmp(told[at], key) != 0)
            at++;
        if (at == sizeof told / sizeof *told)
            fail_msg("the directory tells %s", key);
    }
}

static void
carries_no_name(const struct actor *actor, const json_t *operation, const struct test_reply *reply)
{
    if (strcmp(contract_word(operation, "id"), "organizations_list_directory") == 0) {
        tells_the_directory(reply);
        return;
    }
    names(actor, operation, reply, planted);
    if (strcmp(actor->reach, "line") != 0 && !(actor->owns && strcmp(actor->reach, "person") == 0))
        names(actor, operation, reply, planted_here);
    if (!actor->above || strcmp(actor->reach, "line") != 0)
        names(actor, operation, reply, planted_beside);
}

static const struct contract_call *
call_of(const json_t *operation)
{
    for (size_t i = 0; i < contract_calls_count; i++)
        if (strcmp(contract_calls[i].operation, contract_word(operation, "id")) == 0)
            return &contract_calls[i];
    fail_msg("%s has no row in contract_calls.c", contract_word(operation, "id"));
    return NULL;
}

static struct test_reply
ask(struct world *world, const struct actor *actor, const json_t *operation, const char *id, const char *query)
{
    char url[512];
    char key[64];
    const struct contract_call *call = call_of(operation);
    char *body = contract_expand(world->contract, call->body);
    struct test_request request = { .verb = contract_word(operation, "verb"), .url = url, .token = actor->token };
    struct test_reply reply;

    contract_url(world->contract, operation, id, query ? query : call->query, url);
    snprintf(key, sizeof key, "abuse-%d", ++world->keys);
    request.key = contract_says(operation, "idempotency_key") ? key : NULL;
    request.version = contract_says(operation, "if_match") ? NO_VERSION : 0;
    request.body = body;
    request.until = contract_says(operation, "stream") ? "\n\n" : NULL;
    reply = test_http(&request);
    free(body);
    return reply;
}

/* A refusal without what differs from one request to the next. */
static char *
shape_of(const struct test_reply *reply)
{
    json_t *shape = json_deep_copy(reply->json);
    char *text;

    json_object_del(shape, "instance");
    text = json_dumps(shape, JSON_SORT_KEYS);
    json_decref(shape);
    return text;
}

/* Nothing tells an object of others from one that never was. */
static void
like_nobodys(struct world *world, const struct actor *actor, const json_t *operation, const struct test_reply *reply)
{
    struct test_reply nobodys = ask(world, actor, operation, NOBODY, call_of(operation)->query);
    char *here = shape_of(reply);
    char *there = shape_of(&nobodys);

    assert_int_equal(nobodys.status, 404);
    assert_string_equal(here, there);
    free(here);
    free(there);
    test_reply_done(&nobodys);
}

/* A message is for those whose step it is, not for those above them; a file goes back to him who gave it. */
static bool
is_within(const struct actor *actor, enum kind kind, enum relation relation)
{
    if (strcmp(actor->reach, "units") == 0)
        return actor->owns && relation == OWN && (kind == UNIT || kind == CONFLICT || kind == TALK);
    if (strcmp(actor->reach, "line") != 0)
        return actor->owns && relation == OWN && (kind == MEMBER || kind == LETTER);
    if (kind == ANCHOR) /* by territory, the branch's as well */
        return relation == OWN;
    if (kind == REGION) /* territory is the committee's charge */
        return actor->above && relation == OWN;
    if (!actor->above)
        return relation == OWN;
    return kind != MESSAGE && kind != ANNOTATED && relation != UNRELATED && relation != NONE;
}

static void
knock(struct world *world, const struct actor *actor, const json_t *operation, enum relation relation)
{
    const char *name = contract_word(operation, "id");
    struct test_reply reply =
        ask(world, actor, operation, world->object[kind_of(operation)][relation], call_of(operation)->query);
    bool open = is_within(actor, kind_of(operation), relation);

    carries_no_name(actor, operation, &reply);
    if (reply.status >= 500 || (!may(actor, operation) && reply.status != 403) ||
        (may(actor, operation) && open != (reply.status != 404)))
        fail_msg("%s of %s as %s%s: %ld %s", name, relations[relation], actor->role, actor->above ? " above" : "",
                 reply.status, reply.body);
    if (may(actor, operation) && !open)
        like_nobodys(world, actor, operation, &reply);
    test_reply_done(&reply);
}

/* The id of a file is its uploader's choice; what is put behind another's id is told in the tests of the files. */
static bool
makes_its_object(const json_t *operation)
{
    return strcmp(contract_word(operation, "id"), "organizations_put_file") == 0;
}

static void
outside_of_scope_nothing_exists(void **state)
{
    struct world *world = *state;
    size_t i;
    json_t *operation;

    json_array_foreach(world->contract->operations, i, operation)
    {
        if (!strchr(contract_word(operation, "path"), '{') || contract_says(operation, "open") ||
            makes_its_object(operation))
            continue;
        for (size_t actor = 0; actor < world->actors; actor++)
            for (int relation = 0; relation < RELATIONS; relation++)
                if (world->object[kind_of(operation)][relation][0])
                    knock(world, &world->actor[actor], operation, (enum relation)relation);
    }
}

/* Lists: as they are, and asked for others by each filter that takes an id. */
static void
lists_hold_nothing_of_others(void **state)
{
    struct world *world = *state;
    size_t i;
    json_t *operation;
    const char *const foreign[] = { world->object[ORGANIZATION][SIBLING], world->object[ORGANIZATION][PARENT],
                                    world->object[ORGANIZATION][UNRELATED], world->object[MEMBER][SIBLING],
                                    world->object[MEMBER][UNRELATED] };

    json_array_foreach(world->contract->operations, i, operation)
    {
        bool is_list =
            strcmp(contract_word(operation, "verb"), "GET") == 0 && !strchr(contract_word(operation, "path"), '{');

        for (size_t actor = 0; is_list && actor < world->actors; actor++) {
            const struct actor *asking = &world->actor[actor];
            struct test_reply reply = ask(world, asking, operation, NULL, call_of(operation)->query);
            char query[128];

            if (reply.status != 404 ||
                strcmp(asking->reach, "line") == 0) /* figures of a line; a narrowed post has none */
                assert_int_equal(reply.status, may(asking, operation) ? 200 : 403);
            carries_no_name(asking, operation, &reply);
            test_reply_done(&reply);
            for (size_t id = 0; id < sizeof foreign / sizeof *foreign; id++) {
                snprintf(query, sizeof query, "?%s=%s", id < 3 ? "organization_id" : "member_id", foreign[id]);
                reply = ask(world, asking, operation, NULL, query);
                assert_true(reply.status < 500);
                carries_no_name(asking, operation, &reply);
                test_reply_done(&reply);
            }
        }
    }
}

/* What a narrowed post is for: one unit, or oneself; an empty list is `items` 0. */
static void
own_data_is_found_and_counted(void **state)
{
    static const struct {
        const char *role;
        const char *path;
        size_t items; /* at the branch; those above have none */
    } rows[] = {
        { "unit_contact", "/units", 1 },    { "instructor", "/units", 1 },      { "member", "/members", 1 },
        { "member", "/transfers", 1 },      { "member", "/moves", 0 },          { "member", "/messages", 0 },
        { "unit_contact", "/messages", 0 }, { "instructor", "/dispatches", 0 }, { "instructor", "/visits", 0 },
    };
    struct world *world = *state;

    for (size_t row = 0; row < sizeof rows / sizeof *rows; row++)
        for (size_t i = 0; i < world->actors; i++) {
            const struct actor *actor = &world->actor[i];
            struct test_reply reply;

            if (strcmp(actor->role, rows[row].role) != 0)
                continue;
            reply = api_get(&world->contract->api, actor->token, rows[row].path);
            assert_int_equal(reply.status, 200);
            assert_int_equal(json_array_size(json_object_get(reply.json, "items")), actor->above ? 0 : rows[row].items);
            test_reply_done(&reply);
        }
}

static char *
dispatch_of(struct world *world, enum relation relation)
{
    char sql[128];

    snprintf(sql, sizeof sql, "select dispatch_id from visit where id = '%s'", world->object[VISIT][relation]);
    return test_pg_text(world->contract->pg, "organizations", sql);
}

/* Ids in bodies: what is named there must be within reach as well. */
static void
bodies_reach_no_further(void **state)
{
    struct world *world = *state;
    const struct two_towns *towns = &world->contract->towns;
    const char *const rest = "\"name\":\"x\",\"role\":\"member\"";
    const char *const paper =
        "\"record\":\"organization\",\"file_id\":\"" NOBODY "\",\"kind\":\"scan\",\"title\":\"x\"";
    const char *const of_member = "\"record\":\"member\",\"file_id\":\"" NOBODY "\",\"kind\":\"scan\",\"title\":\"x\"";
    const char *const sent = "\"sending_unit\":\"x\"";
    const char *const visit = "\"kind\":\"visit\",\"content\":\"x\"";
    char *dispatch = dispatch_of(world, UNRELATED);
    char letter[128];
    const struct {
        const char *path;
        const char *field;
        const char *id;
        const char *rest;
        bool below; /* the committee of those above may */
    } cases[] = {
        { "/transfers", "member_id", world->object[MEMBER][SIBLING], letter, true },
        { "/transfers", "member_id", world->object[MEMBER][UNRELATED], letter, false },
        { "/instructors", "person_id", world->object[PERSON][UNRELATED], sent, false },
        { "/visits", "dispatch_id", dispatch, visit, false },
        { "/persons", "organization_code", "W101", "\"name\":\"x\"", false },
        { "/accounts", "organization_id", towns->west_branch, rest, false },
        { "/accounts", "organization_id", towns->east_second, rest, true },
        { "/accounts", "organization_id", towns->east, rest, true },
        { "/documents", "record_id", towns->west_branch, paper, false },
        { "/documents", "record_id", towns->east_second, paper, true },
        { "/documents", "record_id", world->object[MEMBER][UNRELATED], of_member, false },
    };

    snprintf(letter, sizeof letter, "\"reason\":\"other\",\"to_committee_id\":\"%s\"", towns->west);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t actor = 0; actor < world->actors; actor++) {
            char body[512];
            struct test_reply reply;

            if (cases[i].below && world->actor[actor].above)
                continue;
            snprintf(body, sizeof body, "{\"%s\":\"%s\",%s}", cases[i].field, cases[i].id, cases[i].rest);
            reply = api_post(&world->contract->api, world->actor[actor].token, cases[i].path, 0, body);
            if (reply.status != 404 && reply.status != 403)
                fail_msg("%s with %s as %s: %ld %s", cases[i].path, cases[i].id, world->actor[actor].role, reply.status,
                         reply.body);
            test_reply_done(&reply);
        }
    free(dispatch);
}

/* After all that nothing has changed. */
static void
nothing_was_changed(void **state)
{
    struct world *world = *state;

    assert_int_equal(test_pg_number(world->contract->pg, "transfers", "select count(*) from letter_history"), 6);
    assert_int_equal(
        test_pg_number(world->contract->pg, "transfers", "select count(*) from letter where state <> 'submitted'"), 0);
}

static void
logs_name_nobody(void **state)
{
    struct world *world = *state;
    const char *tokens[ROLES + 2] = { world->contract->api.city };
    const char *const owner[] = { "唐薇寒", "曹禾", NULL };

    for (size_t i = 0; i < world->actors; i++)
        tokens[i + 1] = world->actor[i].token;
    assert_true(log_scan_size(&world->logs) > 10000);
    log_scan_lacks(&world->logs, "planted text", planted);
    log_scan_lacks(&world->logs, "planted text", planted_beside);
    log_scan_lacks(&world->logs, "planted text", planted_here);
    log_scan_lacks(&world->logs, "planted text", owner);
    log_scan_lacks(&world->logs, "token", tokens);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outside_of_scope_nothing_exists),
        cmocka_unit_test(lists_hold_nothing_of_others),
        cmocka_unit_test(own_data_is_found_and_counted),
        cmocka_unit_test(bodies_reach_no_further),
        cmocka_unit_test(nothing_was_changed),
        cmocka_unit_test(logs_name_nobody),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
