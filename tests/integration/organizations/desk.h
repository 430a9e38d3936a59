/* SPDX-License-Identifier: Apache-2.0 */
/* A clerk's desk: the organizations service in one thread on a database of its own. Handlers are called inside the
 * frame's transaction, jobs are stepped by hand, so that a test sees each state. */
#ifndef LIANGXIN_TESTS_INTEGRATION_ORGANIZATIONS_DESK_H
#define LIANGXIN_TESTS_INTEGRATION_ORGANIZATIONS_DESK_H

#include "daemon/daemon.h"
#include "organizations/state.h"
#include "organizations/wire.h"
#include "rpc/call.h"
#include "support/cmocka_all.h"
#include "support/pg.h"

struct desk {
    struct test_pg *pg;
    struct arena *arena;
    struct db *db;
    struct organizations_settings settings;
    struct organizations_state *state;
    struct actor actor; /* the city clerk at the root, until a test says otherwise */
    struct rpc_client *client;
    char token_file[64];
};

/* A fresh database with the root and the first account. */
struct desk *desk_open(void);
void desk_close(struct desk *desk);

/* Set-up and tear-down of cmocka: a desk with a committee T, its branch T1, and a committee V elsewhere; *state. */
int desk_open_town(void **state);
int desk_close_town(void **state);
/* --bootstrap, once more. */
status_t desk_bootstrap(struct desk *desk);
/* The content of the token's file. */
const char *desk_token(struct desk *desk);

/* One call as the frame makes it: a transaction around commands, with its audit row. `version` 0: no If-Match. */
status_t desk_call(struct desk *desk, const struct rpc_endpoint *endpoint, const ProtobufCMessage *in, int64_t version,
                   ProtobufCMessage **ret_out);
/* The endpoint of a method of the service. */
const struct rpc_endpoint *desk_method(const struct rpc_method *method);

/* Steps the job of the rows until there is nothing to do. */
void desk_work(struct desk *desk);
status_t desk_step(struct desk *desk, status_t (*step)(struct job_context *job, bool *ret_more), bool *ret_more);
/* Uploads a file and runs it dry; the import as the API tells it. */
Import *desk_upload(struct desk *desk, Ledger ledger, struct slice content);
/* The same with what the user says of headings. */
Import *
desk_upload_mapped(struct desk *desk, Ledger ledger, struct slice content, HeadingChoice **choices, size_t count);
/* Puts a file for an import; its id. */
const char *desk_put(struct desk *desk, struct slice content);
Import *desk_upload_text(struct desk *desk, Ledger ledger, const char *text);
Import *desk_upload_file(struct desk *desk, Ledger ledger, const char *path);
/* Commits, works it off (rows only), and tells what became of it. */
Import *desk_commit(struct desk *desk, const Import *import, bool good_rows_only);
Import *desk_import(struct desk *desk, const char *id);
/* The only row of an import with this outcome. */
ImportRow *desk_row(struct desk *desk, const Import *import, RowOutcome outcome);
ImportRowPage *desk_rows(struct desk *desk, const Import *import, RowOutcome outcome);

/* Loads regions, organizations, units and members of a folder of ops/sample. */
void desk_load(struct desk *desk, const char *folder);
Organization *desk_organization(struct desk *desk, const char *code);
Summary *desk_summary(struct desk *desk, const char *code);
/* From now on the acting organization is this one. */
void desk_act_at(struct desk *desk, const char *code);

#define LEDGER(name)  LIANGXIN__ORGANIZATIONS__V1__LEDGER__LEDGER_##name
#define OUTCOME(name) LIANGXIN__ORGANIZATIONS__V1__ROW_OUTCOME__ROW_OUTCOME_##name
#define STATE(name)   LIANGXIN__ORGANIZATIONS__V1__IMPORT_STATE__IMPORT_STATE_##name

#endif
