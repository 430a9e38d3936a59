/* SPDX-License-Identifier: Apache-2.0 */
/* The first account. Main thread, before anything else is started; owns a connection of its own. */
#include "organizations/accounts/bootstrap.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/clock.h"
#include "organizations/posts/store_post.h"
#include "organizations/accounts/token.h"
#include "organizations/emit.h"
#include "organizations/organizations/organization_ledger.h"
#include "organizations/state.h"
#include "organizations/words.h"
#include "rpc/audit.h"
#include "base/banned.h"

#define ROOT_CODE  "ROOT"
#define FIRST_NAME "city_clerk"
#define FIRST_ROLE "city_clerk"
#define TIME_MS    20000

struct bootstrap {
    struct arena *arena;
    struct db *db;
    const struct organizations_settings *settings;
    instant_t now;
    struct post post;
    const char *token; /* NULL: everything is there */
};

/* Two at once would make two roots. */
const struct db_statement sql_bootstrap_lock = {
    "bootstrap_lock",
    "SELECT pg_advisory_xact_lock(hashtextextended('organizations.bootstrap', 0))",
};

const struct db_statement sql_bootstrap_account = {
    "bootstrap_account",
    "SELECT p.account_id, p.id AS post_id FROM account a JOIN account_post p ON p.account_id = a.id"
    "  JOIN organization o ON o.id = p.organization_id"
    " WHERE o.code = $1 AND a.name = $2 AND p.role = $3 AND p.until IS NULL",
};

const struct db_statement sql_account_count = {
    "account_count",
    "SELECT count(*) AS accounts FROM account",
};

static void
audit(struct bootstrap *bootstrap, const char *object, const struct id *id)
{
    struct audit_work work = { .db = bootstrap->db,
                               .arena = bootstrap->arena,
                               .process = "organizations",
                               .action = "bootstrap",
                               .request = bootstrap->post.account,
                               .now = bootstrap->now };

    audit_add_work(&work, &(struct audit_entry){ .object = object, .id = id, .after = slice_of(FIRST_ROLE) });
}

static void
add_token(struct bootstrap *bootstrap)
{
    bootstrap->token = token_make(bootstrap->arena);
    account_token_insert(bootstrap->db, &bootstrap->post.account, &bootstrap->post.id,
                         token_hash(bootstrap->arena, bootstrap->token), bootstrap->now);
    audit(bootstrap, "account", &bootstrap->post.account);
}

static void
make_root(struct bootstrap *bootstrap)
{
    struct id *root = &bootstrap->post.organization;

    *root = clock_id();
    bootstrap->post.account = clock_id();
    bootstrap->post.id = clock_id();
    organization_write_root(bootstrap->db, bootstrap->arena, root, ROOT_CODE, bootstrap->settings->bootstrap_city,
                            ORGANIZATION_WORKING_COMMITTEE, bootstrap->post.since);
    emit_organization_recorded(bootstrap->db, bootstrap->arena,
                               &(struct organization_news){ .id = root,
                                                            .name = bootstrap->settings->bootstrap_city,
                                                            .code = ROOT_CODE,
                                                            .kind = ORGANIZATION_WORKING_COMMITTEE,
                                                            .may_issue_from = DATE_NONE,
                                                            .version = 1 },
                               bootstrap->now);
    audit(bootstrap, "organization", root);
    account_insert(bootstrap->db, &bootstrap->post.account, FIRST_NAME, bootstrap->now);
    post_insert(bootstrap->db, &bootstrap->post);
    add_token(bootstrap);
}

/* The account is there but its token is lost: the old one ends. */
static status_t
renew_token(struct bootstrap *bootstrap)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_text(&args, ROOT_CODE);
    db_arg_text(&args, FIRST_NAME);
    db_arg_text(&args, FIRST_ROLE);
    st = db_query_row(bootstrap->db, bootstrap->arena, &sql_bootstrap_account, &args, &row);
    if (st)
        return status_detail(bootstrap->arena, PROBLEM_NOT_FOUND, "there are accounts, but not the first one");
    bootstrap->post.account = db_id(row, 0, "account_id");
    bootstrap->post.id = db_id(row, 0, "post_id");
    account_tokens_revoke(bootstrap->db, &bootstrap->post.account, bootstrap->now);
    add_token(bootstrap);
    return db_rows_status(row);
}

static status_t
make(struct bootstrap *bootstrap)
{
    struct db_rows *row;
    status_t st;

    db_begin(bootstrap->db);
    db_queue(bootstrap->db, &sql_bootstrap_lock, NULL);
    st = db_query_row(bootstrap->db, bootstrap->arena, &sql_account_count, NULL, &row);
    if (st)
        return st;
    if (db_i64(row, 0, "accounts") == 0)
        make_root(bootstrap);
    else if (access(bootstrap->settings->bootstrap_token, F_OK) != 0)
        st = renew_token(bootstrap);
    return st ? st : db_commit(bootstrap->db, bootstrap->arena);
}

static status_t
write_token(struct bootstrap *bootstrap)
{
    const char *path = bootstrap->settings->bootstrap_token;
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool written;

    if (fd < 0)
        return status_detail(bootstrap->arena, PROBLEM_UNAVAILABLE, "%s: %s", path, strerror(errno));
    written = fchmod(fd, 0600) == 0 && dprintf(fd, "%s\n", bootstrap->token) > 0 && fsync(fd) == 0;
    written = close(fd) == 0 && written;
    if (written)
        return OK;
    unlink(path);
    return status_detail(bootstrap->arena, PROBLEM_UNAVAILABLE, "%s: cannot be written", path);
}

static status_t
run(struct bootstrap *bootstrap)
{
    status_t st;

    if (!bootstrap->settings->bootstrap_token[0])
        return status_detail(bootstrap->arena, PROBLEM_REQUIRED, "LIANGXIN_BOOTSTRAP_TOKEN_FILE must be set");
    db_deadline(bootstrap->db, clock_ms() + TIME_MS);
    st = db_ready(bootstrap->arena, bootstrap->db);
    if (!st)
        st = make(bootstrap);
    if (st) {
        db_rollback(bootstrap->db);
        return st;
    }
    return bootstrap->token ? write_token(bootstrap) : OK;
}

bool
bootstrap_command(const char *word, struct arena *arena, const char *dsn, void *state, status_t *ret_status)
{
    struct bootstrap bootstrap = { .arena = arena,
                                   .settings = ((const struct organizations_state *)state)->settings,
                                   .now = clock_now(),
                                   .post = { .role = FIRST_ROLE, .since = clock_today(), .until = DATE_NONE } };

    if (strcmp(word, "--bootstrap") != 0)
        return false;
    bootstrap.db = db_new(dsn, "organizations");
    *ret_status = run(&bootstrap);
    db_free(bootstrap.db);
    return true;
}
