-- SPDX-License-Identifier: Apache-2.0
-- Verify transfers:0009_rights on pg
set search_path to transfers;

select name, rights from table_right where false;
select not has_table_privilege(:'service', 'transfers.system_kind', 'update')
       and not has_table_privilege(:'service', 'transfers.table_right', 'select')
       and not has_table_privilege(:'service', 'transfers.letter', 'delete')
       as rights_are_narrow \gset
\if :rights_are_narrow
\else
    do $$ begin raise exception 'the runtime role may do more than it should'; end $$;
\endif
