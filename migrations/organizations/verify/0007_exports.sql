-- SPDX-License-Identifier: Apache-2.0
-- Verify organizations:0007_exports on pg
set search_path to organizations;

select id, account_id, role, organization_id, request_id, ledger, format, target_id, reason, state, worker, done, file_id,
       problem, created_at, worked_at
  from export where false;
select has_table_privilege(:'service', 'organizations.export', 'update')
       and not has_table_privilege(:'service', 'organizations.export', 'delete')
       and not has_table_privilege(:'service', 'organizations.role_permission', 'insert')
       as rights_are_narrow \gset
\if :rights_are_narrow
\else
    do $$ begin raise exception 'the runtime role may do more than it should'; end $$;
\endif
