-- SPDX-License-Identifier: Apache-2.0
-- Verify organizations:0001_schema on pg
set search_path to organizations;

select id, aggregate, aggregate_id, version, type, payload, at from outbox where false;
select epoch, head from feed_epoch where only_row;
select id, code, name, kind, region_code, version from organization where false;
select id, person_id, standing, status, organization_id, unit_id, version from member where false;
select member_id, organization_id, since, until, letter_id from membership where false;
select id, ledger, state, read, done, bases_done from import where false;
select has_table_privilege(:'service', 'organizations.feed', 'insert')
       and not has_table_privilege(:'service', 'organizations.feed', 'delete')
       and not has_table_privilege(:'service', 'organizations.role_permission', 'insert')
       and not has_table_privilege(:'service', 'organizations.membership', 'delete')
       as rights_are_narrow \gset
\if :rights_are_narrow
\else
    do $$ begin raise exception 'the runtime role may do more than it should'; end $$;
\endif
