-- SPDX-License-Identifier: Apache-2.0
-- Verify organizations:0005_audit_seal on pg
set search_path to organizations;

select pos, at, audit_id, hash from audit_seal_history where false;
select has_table_privilege(:'service', 'organizations.audit_seal_history', 'insert')
       and not has_table_privilege(:'service', 'organizations.audit_seal_history', 'update')
       and not has_table_privilege(:'service', 'organizations.audit_seal_history', 'delete')
       as chain_is_insert_only \gset
\if :chain_is_insert_only
\else
    do $$ begin raise exception 'the runtime role may change the chain'; end $$;
\endif
