-- SPDX-License-Identifier: Apache-2.0
-- Verify notifications:0006_rights on pg
set search_path to notifications;

select name, rights from table_right where false;
select not has_table_privilege(:'service', 'notifications.system_kind', 'update')
       and not has_table_privilege(:'service', 'notifications.table_right', 'select')
       and not has_table_privilege(:'service', 'notifications.message', 'delete')
       as rights_are_narrow \gset
\if :rights_are_narrow
\else
    do $$ begin raise exception 'the runtime role may do more than it should'; end $$;
\endif
