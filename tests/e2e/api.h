/* SPDX-License-Identifier: Apache-2.0 */
/* The public API in the words of a scenario. Every function fails the test when the answer is not what it says. */
#ifndef LIANGXIN_TESTS_E2E_API_H
#define LIANGXIN_TESTS_E2E_API_H

#include "support/http.h"
#include "support/system.h"

struct api {
    struct test_system *system;
    char base[64];
    const char *city; /* bearer token of the city clerk */
    int keys;         /* idempotency keys handed out */
};

void api_open(struct api *api, struct test_system *system);

struct test_reply api_get(struct api *api, const char *token, const char *path);
/* A POST with a fresh idempotency key; `version` 0: no If-Match. */
struct test_reply api_post(struct api *api, const char *token, const char *path, long version, const char *body);
/* The same with a key of the caller's. */
struct test_reply
api_post_key(struct api *api, const char *token, const char *path, long version, const char *body, const char *key);

/* The same, not asked again when the answer is 503. */
struct test_reply
api_post_once(struct api *api, const char *token, const char *path, long version, const char *body, const char *key);

/* Uploads a ledger as the city clerk and waits for the dry run; the import's id. */
void api_upload(struct api *api, const char *ledger, const char *csv, size_t size, char ret_id[64]);
/* The same with somebody else's token. */
void
api_upload_as(struct api *api, const char *token, const char *ledger, const char *csv, size_t size, char ret_id[64]);
/* Waits until the import has this state; the reply holds its counts. */
struct test_reply api_await_import(struct api *api, const char *id, const char *state);
/* Uploads, expects no invalid row, commits, waits. */
void api_load(struct api *api, const char *ledger, const char *csv);
/* Makes an account; its bearer token. */
void api_account(struct api *api, const char *name, const char *role, const char *organization_id, char ret_token[256]);
/* Id of the organization with this code, asked until it is there. */
void api_organization(struct api *api, const char *code, char ret_id[64]);
/* Id of the first member of an organization. */
void api_member(struct api *api, const char *organization_id, char ret_id[64]);
/* Asks a path until the value of `key` is `value` (10 s at most). */
void api_await(struct api *api, const char *token, const char *path, const char *key, const char *value);
/* One step of a letter; the letter's new state is checked. Returns its version. */
long api_step(struct api *api, const char *token, const char *letter, const char *event, long version, const char *body,
              const char *state);

#endif
