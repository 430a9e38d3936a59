-- SPDX-License-Identifier: Apache-2.0
-- Verify training:0006_rights on pg
set search_path to training;

select name, rights from table_right where false;
select not has_table_privilege(:'service', 'training.system_kind', 'update')
       and not has_table_privilege(:'service', 'training.table_right', 'select')
       and not has_table_privilege(:'service', 'training.hour_record', 'delete')
       as rights_are_narrow \gset
\if :rights_are_narrow
\else
    do $$ begin raise exception 'the runtime role may do more than it should'; end $$;
\endif
