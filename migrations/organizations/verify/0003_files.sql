-- SPDX-License-Identifier: Apache-2.0
-- Verify organizations:0003_files on pg
set search_path to organizations;

select id, account_id, organization_id, purpose, name, state, size, media_type, sha256, created_at, delete_after
  from file where false;
select file_id, no, bytes from file_chunk where false;
select has_table_privilege(:'service', 'organizations.file', 'delete')
       and not has_table_privilege(:'service', 'organizations.role_permission', 'insert')
       and not has_table_privilege(:'service', 'organizations.account', 'delete')
       as rights_are_narrow \gset
\if :rights_are_narrow
\else
    do $$ begin raise exception 'the runtime role may do more than it should'; end $$;
\endif
