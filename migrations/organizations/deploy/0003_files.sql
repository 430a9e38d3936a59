-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0003_files to pg
begin;
set local search_path to organizations;

\ir ../../shared/003_files.sql

-- Whoever logs in may put files and read his own; others' by the record they belong to.
insert into role_permission (role, permission)
select r.name, 'file.use' from role r
 where r.name not in ('security_administrator', 'audit_administrator');

\ir ../../shared/grants.sql
revoke insert, update, delete on role, role_permission from :"service";
revoke delete on person, member, membership, organization, relation, approval_power, account, account_token,
                 account_post
  from :"service";
commit;
