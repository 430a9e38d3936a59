-- SPDX-License-Identifier: Apache-2.0
-- Verify organizations:0013_own_data on pg
set search_path to organizations;

select reach, units_most from role where false;
select post_id, unit_id, since, until from post_unit where false;
select own_id from export where false;
select has_table_privilege(:'service', 'organizations.post_unit', 'update')
       and not has_table_privilege(:'service', 'organizations.post_unit', 'delete')
       and not has_table_privilege(:'service', 'organizations.role', 'update')
       as rights_are_narrow \gset
\if :rights_are_narrow
\else
    do $$ begin raise exception 'the runtime role may do more than it should'; end $$;
\endif
