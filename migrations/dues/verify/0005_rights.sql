-- SPDX-License-Identifier: Apache-2.0
-- Verify dues:0005_rights on pg
set search_path to dues;

select name, rights from table_right where false;
select not has_table_privilege(:'service', 'dues.system_kind', 'update')
       and not has_table_privilege(:'service', 'dues.table_right', 'select')
       and not has_table_privilege(:'service', 'dues.base_history', 'delete')
       as rights_are_narrow \gset
\if :rights_are_narrow
\else
    do $$ begin raise exception 'the runtime role may do more than it should'; end $$;
\endif
