-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0005_audit_seal to pg
begin;
set local search_path to organizations;

\ir ../../shared/004_audit_seal.sql

\ir ../../shared/grants.sql
revoke insert, update, delete on role, role_permission from :"service";
revoke delete on person, member, membership, organization, relation, approval_power, account, account_token,
                 account_post
  from :"service";
commit;
