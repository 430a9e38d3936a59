-- SPDX-License-Identifier: Apache-2.0
-- Verify training:0003_audit_unsealed on pg
set search_path to training;

select id, at from audit_unsealed where false;
select has_table_privilege(:'service', 'training.audit_unsealed', 'delete')
       and not has_table_privilege(:'service', 'training.audit_unsealed', 'insert')
       and exists (select from pg_trigger where tgrelid = 'audit'::regclass and tgname = 'audit_await_seal')
       as rights_are_narrow \gset
\if :rights_are_narrow
\else
    do $$ begin raise exception 'the runtime role may do more than it should, or nothing waits'; end $$;
\endif
