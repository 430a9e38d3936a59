-- SPDX-License-Identifier: Apache-2.0
-- Verify organizations:0002_accounts on pg
set search_path to organizations;

select id, account_id, role, organization_id, since, until, deputy_of from account_post where false;
select id, name, password, password_at, code_hash, code_until, locked_at from account where false;
select id, hash, account_id, post_id, by_code, created_at, seen_at from session where false;
select key, failures, wait_until, at from log_in_failure where false;
select has_table_privilege(:'service', 'organizations.session', 'delete')
       and not has_table_privilege(:'service', 'organizations.account_post', 'delete')
       and not has_table_privilege(:'service', 'organizations.account', 'delete')
       and not has_table_privilege(:'service', 'organizations.role_permission', 'insert')
       as rights_are_narrow \gset
\if :rights_are_narrow
\else
    do $$ begin raise exception 'the runtime role may do more than it should'; end $$;
\endif
