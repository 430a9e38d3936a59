-- SPDX-License-Identifier: Apache-2.0
-- Verify organizations:0009_documents on pg
set search_path to organizations;

select id, record, record_id, kind, title, edition, replaces, file_id, attached_at, withdrawn_at, withdrawn_reason, version
  from document where false;
select document_id, version, at, action, account_id, role, organization_id, reason from document_history where false;
select record, id, organization_id, region_code from record_place where false;
select has_table_privilege(:'service', 'organizations.document', 'insert')
       and not has_table_privilege(:'service', 'organizations.document', 'delete')
       and not has_table_privilege(:'service', 'organizations.document_history', 'update')
       and not has_table_privilege(:'service', 'organizations.role_permission', 'insert')
       as rights_are_narrow \gset
\if :rights_are_narrow
\else
    do $$ begin raise exception 'the runtime role may do more than it should'; end $$;
\endif
