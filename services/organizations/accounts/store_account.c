/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of accounts. */
#include "organizations/accounts/store_account.h"

#include "base/banned.h"

const struct db_statement sql_account_of_token = {
    "account_of_token",
    "SELECT a.id, a.role, a.organization_id, a.person_id,"
    "       (SELECT string_agg(p.permission, ' ' ORDER BY p.permission) FROM role_permission p WHERE p.role = a.role)"
    "           AS permissions"
    "  FROM account_token t"
    "  JOIN account a ON a.id = t.account_id"
    " WHERE t.hash = $1 AND t.revoked_at IS NULL AND a.locked_at IS NULL",
};

status_t
account_of_token(struct db *db, struct arena *arena, struct slice hash, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_bytes(&args, hash);
    return db_query_row(db, arena, &sql_account_of_token, &args, ret_row);
}

const struct db_statement sql_account_session = {
    "account_session",
    "SELECT a.name, o.name AS organization_name"
    "  FROM account a JOIN organization o ON o.id = a.organization_id"
    " WHERE a.id = $1",
};

status_t
account_session(struct db *db, struct arena *arena, const struct id *account, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, account);
    return db_query_row(db, arena, &sql_account_session, &args, ret_row);
}

/* A post appoints posts of its own rank and those after it. */
const struct db_statement sql_account_facts = {
    "account_facts",
    "SELECT r.name IS NOT NULL AS known_role, l.descendant IS NOT NULL AS known_organization,"
    "       coalesce(mine.rank <= r.rank, false) AS may_appoint"
    "  FROM (SELECT $1::text AS role, $2::uuid AS organization) wanted"
    "  LEFT JOIN role r ON r.name = wanted.role"
    "  LEFT JOIN role mine ON mine.name = $3"
    "  LEFT JOIN organization_line l ON l.descendant = wanted.organization AND l.ancestor = $4",
};

status_t
account_facts(struct db *db, struct arena *arena, const struct account *account, const char *acting_role,
              const struct id *scope, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_text(&args, account->role);
    db_arg_id(&args, &account->organization);
    db_arg_text(&args, acting_role);
    db_arg_id(&args, scope);
    return db_query_row(db, arena, &sql_account_facts, &args, ret_row);
}

const struct db_statement sql_account_insert = {
    "account_insert",
    "INSERT INTO account (id, name, role, organization_id, created_at) VALUES ($1, $2, $3, $4, $5)",
};

void
account_insert(struct db *db, const struct account *account, instant_t now)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &account->id);
    db_arg_text(&args, account->name);
    db_arg_text(&args, account->role);
    db_arg_id(&args, &account->organization);
    db_arg_instant(&args, now);
    db_queue(db, &sql_account_insert, &args);
}

const struct db_statement sql_account_token_insert = {
    "account_token_insert",
    "INSERT INTO account_token (hash, account_id, created_at) VALUES ($1, $2, $3)",
};

void
account_token_insert(struct db *db, const struct id *account, struct slice hash, instant_t now)
{
    struct db_args args = { 0 };

    db_arg_bytes(&args, hash);
    db_arg_id(&args, account);
    db_arg_instant(&args, now);
    db_queue(db, &sql_account_token_insert, &args);
}

const struct db_statement sql_account_tokens_revoke = {
    "account_tokens_revoke",
    "UPDATE account_token SET revoked_at = $2 WHERE account_id = $1 AND revoked_at IS NULL",
};

void
account_tokens_revoke(struct db *db, const struct id *account, instant_t now)
{
    struct db_args args = { 0 };

    db_arg_id(&args, account);
    db_arg_instant(&args, now);
    db_queue(db, &sql_account_tokens_revoke, &args);
}
