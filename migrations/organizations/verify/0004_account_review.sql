-- SPDX-License-Identifier: Apache-2.0
-- Verify organizations:0004_account_review on pg
set search_path to organizations;

select name, exclusion_group from role where false;
select exclusion_group, holder from account_post where false;
select post_id, at, verdict, account_id, role from post_review_history where false;
select has_table_privilege(:'service', 'organizations.post_review_history', 'insert')
       and not has_table_privilege(:'service', 'organizations.post_review_history', 'update')
       and not has_table_privilege(:'service', 'organizations.role', 'update')
       as rights_are_narrow \gset
\if :rights_are_narrow
\else
    do $$ begin raise exception 'the runtime role may do more than it should'; end $$;
\endif
