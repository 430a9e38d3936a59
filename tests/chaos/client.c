/* SPDX-License-Identifier: Apache-2.0 */
/* Clients. Each on its own thread, with members of its own; the city is read only. */
#include "client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STEPS_MOST    40
#define RIVAL_PERCENT 4
#define POST_PERCENT  15 /* letters that are some seconds in the post: long enough to expire */

enum hand { FROM_BRANCH, FROM_COMMITTEE, TO_BRANCH, TO_COMMITTEE, CITY };

/* What a client does with a letter in a state, by weight. */
static const struct choice {
    const char *state;
    int weight;
    const char *event;
    enum hand hand;
} choices[] = {
    { "draft", 96, "submit", FROM_BRANCH },
    { "draft", 4, "cancel", FROM_BRANCH },
    { "submitted", 92, "agree", FROM_BRANCH },
    { "submitted", 3, "return", FROM_BRANCH },
    { "submitted", 2, "refuse", FROM_BRANCH },
    { "submitted", 3, "withdraw", FROM_BRANCH },
    { "returned", 80, "submit", FROM_BRANCH },
    { "returned", 20, "withdraw", FROM_BRANCH },
    { "agreed", 92, "issue", FROM_COMMITTEE },
    { "agreed", 3, "return", FROM_COMMITTEE },
    { "agreed", 2, "refuse", FROM_COMMITTEE },
    { "agreed", 3, "withdraw", FROM_BRANCH },
    { "issued", 92, "receive", TO_COMMITTEE },
    { "issued", 5, "refuse", TO_COMMITTEE },
    { "issued", 3, "void", CITY },
    { "received", 93, "assign", TO_COMMITTEE },
    { "received", 4, "refuse", TO_COMMITTEE },
    { "received", 3, "void", CITY },
    { "accepted", 100, "report", TO_BRANCH },
    { "reported", 100, "send_receipt", TO_COMMITTEE },
    { "receipted", 100, "match_stub", FROM_COMMITTEE },
    { "refused_in", 40, "correct", FROM_COMMITTEE },
    { "refused_in", 30, "reissue", FROM_COMMITTEE },
    { "refused_in", 30, "cancel", FROM_COMMITTEE },
    { "expired", 60, "reissue", FROM_COMMITTEE },
    { "expired", 40, "cancel", FROM_COMMITTEE },
};

static const struct choice *
choose(struct chance *chance, const char *state)
{
    int at = chance_below(chance, 100);

    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
        if (strcmp(choices[i].state, state) == 0 && (at -= choices[i].weight) < 0)
            return &choices[i];
    return NULL; /* an end */
}

static const char *
token_of(const struct city *city, const struct letter *letter, enum hand hand)
{
    switch (hand) {
    case FROM_BRANCH:
        return city->branch[letter->from].token;
    case FROM_COMMITTEE:
        return city->committee[letter->from / BRANCHES_EACH].token;
    case TO_BRANCH:
        return city->branch[letter->to_branch].token;
    case TO_COMMITTEE:
        return city->committee[letter->to].token;
    default:
        return city->api.city;
    }
}

static void
write_body(struct client *client, const char *event, const struct letter *letter, char body[256])
{
    static const char *const noted[] = { "return", "cancel", "reissue", "void", "correct", NULL };
    int branch = letter->to * BRANCHES_EACH + chance_below(&client->asker.chance, BRANCHES_EACH);

    snprintf(body, 256, "{}");
    for (int i = 0; noted[i]; i++)
        if (strcmp(event, noted[i]) == 0)
            snprintf(body, 256, "{\"note\":\"because\"}");
    if (strcmp(event, "agree") == 0)
        snprintf(body, 256, "{\"dues_paid_to\":\"2026-10\"}");
    if (strcmp(event, "issue") == 0)
        snprintf(body, 256, "{\"validity_days\":1}");
    if (strcmp(event, "refuse") == 0)
        snprintf(body, 256, "{\"reason\":\"unfinished_case\",\"note\":\"because\"}");
    if (strcmp(event, "assign") == 0)
        snprintf(body, 256, "{\"branch_id\":\"%s\"}", client->asker.city->branch[branch].id);
}

static struct question
step_of(struct client *client, const struct choice *choice, const struct letter *letter, const char *member)
{
    struct question question = { .op = choice->event, .version = letter->version };

    snprintf(question.letter, sizeof question.letter, "%s", letter->id);
    snprintf(question.member, sizeof question.member, "%s", member);
    question.token = token_of(client->asker.city, letter, choice->hand);
    write_body(client, choice->event, letter, question.body);
    ask_key(&client->asker, &question);
    return question;
}

struct rival {
    struct asker asker;
    struct question question;
};

static void *
rival_main(void *argument)
{
    struct rival *rival = argument;
    struct letter letter;
    char code[64];

    ask(&rival->asker, &rival->question, &letter, code);
    return NULL;
}

/* Another clerk who voids the same version at the same moment. */
static bool
start_rival(struct client *client, const struct letter *letter, const char *member, struct rival *rival,
            pthread_t *ret_thread)
{
    static const struct choice voids = { .event = "void", .hand = CITY };

    if (letter->to_branch >= 0 || !chance_percent(&client->asker.chance, RIVAL_PERCENT))
        return false;
    rival->question = step_of(client, &voids, letter, member);
    rival->asker = client->asker;
    rival->asker.chance = chance_of((uint64_t)client->asker.keys, (uint64_t)client->asker.number);
    return pthread_create(ret_thread, NULL, rival_main, rival) == 0;
}

/* One step; false when the letter is to be left alone. */
static bool
take_step(struct client *client, const struct choice *choice, struct letter *letter, const char *member)
{
    struct question question = step_of(client, choice, letter, member);
    struct letter after;
    struct rival rival;
    pthread_t thread;
    bool has_rival = start_rival(client, letter, member, &rival, &thread);
    char code[64];
    long status = ask(&client->asker, &question, &after, code);

    if (has_rival)
        pthread_join(thread, NULL);
    if (!has_rival && (status == 200 || status == 201)) {
        *letter = after;
        return true;
    }
    if (status == 422) /* organizations has not heard of the last move yet */
        chance_pause(&client->asker.chance, 100, 500);
    return status != 0 && ask_letter(&client->asker, letter->id, member, letter);
}

static bool
draft(struct client *client, struct city_member *member, struct letter *ret_letter)
{
    const struct city *city = client->asker.city;
    struct question question = { .op = "draft", .token = city->branch[member->branch].token };
    char code[64];
    long status;

    snprintf(question.member, sizeof question.member, "%s", member->id);
    snprintf(question.body, sizeof question.body,
             "{\"member_id\":\"%s\",\"to_committee_id\":\"%s\",\"reason\":\"work_unit_changed\"}", member->id,
             city->committee[1 - member->branch / BRANCHES_EACH].id);
    ask_key(&client->asker, &question);
    status = ask(&client->asker, &question, ret_letter, code);
    if (status == 201)
        return true;
    if (strcmp(code, "letter-open") == 0 && ask_letter(&client->asker, "", member->id, ret_letter))
        return ret_letter->from >= 0;
    if (status == 404) { /* moved by an answer that was lost */
        int branch = ask_branch(&client->asker, member->id);

        member->branch = branch >= 0 ? branch : member->branch;
    }
    return false;
}

static void
bring(struct client *client, struct city_member *member)
{
    struct letter letter;

    if (!draft(client, member, &letter))
        return;
    for (int i = 0; i < STEPS_MOST && !atomic_load(client->stop); i++) {
        const struct choice *choice = choose(&client->asker.chance, letter.state);

        if (strcmp(letter.state, "issued") == 0 && chance_percent(&client->asker.chance, POST_PERCENT))
            chance_pause(&client->asker.chance, 300, 4000);
        if (!choice || !take_step(client, choice, &letter, member->id))
            break;
        if (letter.to_branch >= 0)
            member->branch = letter.to_branch;
    }
}

static void *
client_main(void *argument)
{
    struct client *client = argument;

    while (!atomic_load(client->stop))
        bring(client, &client->members[chance_below(&client->asker.chance, client->n_members)]);
    return NULL;
}

void
client_start(struct client *client)
{
    if (pthread_create(&client->thread, NULL, client_main, client) != 0)
        abort();
}

void
client_join(struct client *client)
{
    pthread_join(client->thread, NULL);
}
