/* SPDX-License-Identifier: Apache-2.0 */
/* Commands and their copies. The asker's thread; each copy has a thread of its own. */
#include "ask.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record.h"

#define TIMEOUT_MS    6000
#define GIVE_UP_NS    INT64_C(60000000000)
#define TWICE_PERCENT 6
#define LATE_PERCENT  4
#define LATE_MOST_MS  5000

static atomic_int asked;  /* number of the last question */
static atomic_int copies; /* under way */

struct copy {
    struct asker asker; /* of its own chance */
    struct question question;
    const char *kind;
    int delay_ms;
};

static void
read_letter(const struct city *city, json_t *json, struct letter *ret)
{
    const char *id = json_string_value(json_object_get(json, "id"));
    const char *state = json_string_value(json_object_get(json, "state"));

    snprintf(ret->id, sizeof ret->id, "%s", id ? id : "");
    snprintf(ret->state, sizeof ret->state, "%s", state ? state : "");
    ret->version = (long)json_integer_value(json_object_get(json, "version"));
    ret->from = city_branch(city, json_string_value(json_object_get(json, "from_branch_id")));
    ret->to = city_committee(city, json_string_value(json_object_get(json, "to_committee_id")));
    ret->to_branch = city_branch(city, json_string_value(json_object_get(json, "to_branch_id")));
}

static struct test_reply
send(struct asker *asker, const char *verb, const char *path, const struct question *question, const char *token)
{
    char url[256];
    struct test_request request = { .verb = verb, .url = url, .token = token, .timeout_ms = TIMEOUT_MS };

    snprintf(url, sizeof url, "http://127.0.0.1:%d/api/v1%s", asker->gateways[chance_below(&asker->chance, 2)], path);
    if (question) {
        request.key = question->key;
        request.version = question->version;
        request.body = question->body;
    }
    return test_http(&request);
}

static void
path_of(const struct question *question, char path[160])
{
    if (question->letter[0])
        snprintf(path, 160, "/transfers/%s/%s", question->letter, question->op);
    else
        snprintf(path, 160, "/transfers");
}

/* One sending, with its two lines. `kind`: "first", "again", "twice", "late". */
static long
ask_once(struct asker *asker, const struct question *question, const char *kind, struct letter *ret_letter,
         char ret_code[64])
{
    int n = atomic_fetch_add(&asked, 1) + 1;
    char path[160];
    struct test_reply reply;
    const char *number;
    const char *code;

    path_of(question, path);
    record_line("{\"k\":\"ask\",\"n\":%d,\"t\":%lld,\"p\":%d,\"op\":\"%s\",\"key\":\"%s\",\"kind\":\"%s\","
                "\"letter\":\"%s\",\"member\":\"%s\",\"version\":%ld}",
                n, (long long)record_now(), asker->number, question->op, question->key, kind, question->letter,
                question->member, question->version);
    reply = send(asker, "POST", path, question, question->token);
    memset(ret_letter, 0, sizeof *ret_letter);
    read_letter(asker->city, reply.json, ret_letter);
    number = json_string_value(json_object_get(reply.json, "number"));
    code = json_string_value(json_object_get(reply.json, "code"));
    snprintf(ret_code, 64, "%s", code ? code : "");
    record_line(
        "{\"k\":\"answer\",\"n\":%d,\"t\":%lld,\"status\":%ld,\"letter\":\"%s\",\"state\":\"%s\",\"version\":%ld,"
        "\"number\":\"%s\",\"code\":\"%s\",\"replayed\":%s}",
        n, (long long)record_now(), reply.status, ret_letter->id, ret_letter->state, ret_letter->version,
        number ? number : "", ret_code, strstr(reply.head ? reply.head : "", "dempotency-") ? "true" : "false");
    if (!reply.json)
        reply.status = reply.status == 200 || reply.status == 201 ? 0 : reply.status; /* cut within the body */
    n = (int)reply.status;
    test_reply_done(&reply);
    return n;
}

static bool
is_sure(long status, const char *code)
{
    return status >= 200 && status < 500 && status != 429 && strcmp(code, "busy") != 0;
}

static void *
copy_main(void *argument)
{
    struct copy *copy = argument;
    struct letter letter;
    char code[64];

    poll(NULL, 0, copy->delay_ms);
    ask_once(&copy->asker, &copy->question, copy->kind, &letter, code);
    free(copy);
    atomic_fetch_sub(&copies, 1);
    return NULL;
}

static void
send_copy(struct asker *asker, const struct question *question, const char *kind, int delay_ms)
{
    struct copy *copy = malloc(sizeof *copy);
    pthread_t thread;

    if (!copy)
        abort();
    *copy = (struct copy){ .asker = *asker, .question = *question, .kind = kind, .delay_ms = delay_ms };
    atomic_fetch_add(&copies, 1);
    if (pthread_create(&thread, NULL, copy_main, copy) != 0)
        abort();
    pthread_detach(thread);
}

void
ask_drain(void)
{
    while (atomic_load(&copies) > 0)
        poll(NULL, 0, 20);
}

void
ask_key(struct asker *asker, struct question *question)
{
    snprintf(question->key, sizeof question->key, "chaos-%d-%d", asker->number, ++asker->keys);
}

long
ask(struct asker *asker, const struct question *question, struct letter *ret_letter, char ret_code[64])
{
    int64_t until = record_now() + GIVE_UP_NS;
    const char *kind = "first";
    long status;

    if (chance_percent(&asker->chance, TWICE_PERCENT))
        send_copy(asker, question, "twice", chance_below(&asker->chance, 4));
    if (chance_percent(&asker->chance, LATE_PERCENT))
        send_copy(asker, question, "late", 200 + chance_below(&asker->chance, LATE_MOST_MS));
    for (;;) {
        status = ask_once(asker, question, kind, ret_letter, ret_code);
        if (is_sure(status, ret_code))
            return status;
        if (record_now() > until)
            return 0;
        chance_pause(&asker->chance, 20, 300);
        kind = "again";
    }
}

/* Looks are not recorded: they change nothing. */
static json_t *
look(struct asker *asker, const char *path)
{
    for (int i = 0; i < 40; i++) {
        struct test_reply reply = send(asker, "GET", path, NULL, asker->city->api.city);
        json_t *json = reply.status == 200 ? json_incref(reply.json) : NULL;
        long status = reply.status;

        test_reply_done(&reply);
        if (json || (status >= 400 && status < 500 && status != 429))
            return json;
        chance_pause(&asker->chance, 50, 500);
    }
    return NULL;
}

static bool
is_over(const char *state)
{
    static const char *const over[] = { "closed", "cancelled", "withdrawn", "refused_out", "voided", NULL };

    for (int i = 0; over[i]; i++)
        if (strcmp(state, over[i]) == 0)
            return true;
    return false;
}

static bool
open_of(struct asker *asker, json_t *page, struct letter *ret_letter)
{
    json_t *items = json_object_get(page, "items");

    for (size_t i = 0; i < json_array_size(items); i++) {
        read_letter(asker->city, json_array_get(items, i), ret_letter);
        if (!is_over(ret_letter->state) && ret_letter->to_branch < 0)
            return true;
    }
    return false;
}

bool
ask_letter(struct asker *asker, const char *letter, const char *member, struct letter *ret_letter)
{
    char path[160];
    json_t *json;
    bool found;

    if (letter[0])
        snprintf(path, sizeof path, "/transfers/%s", letter);
    else
        snprintf(path, sizeof path, "/transfers?member_id=%s", member);
    json = look(asker, path);
    if (!json)
        return false;
    found = letter[0] != '\0';
    if (found)
        read_letter(asker->city, json, ret_letter);
    else
        found = open_of(asker, json, ret_letter);
    json_decref(json);
    return found;
}

int
ask_branch(struct asker *asker, const char *member)
{
    char path[160];
    json_t *json;
    int branch;

    snprintf(path, sizeof path, "/members/%s", member);
    json = look(asker, path);
    branch = city_branch(asker->city, json_string_value(json_object_get(json, "organization_id")));
    json_decref(json);
    return branch;
}
