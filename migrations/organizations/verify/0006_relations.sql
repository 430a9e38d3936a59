-- SPDX-License-Identifier: Apache-2.0
-- Verify organizations:0006_relations on pg
set search_path to organizations;

select kind, scope from relation_kind where false;
select basis, end_basis from relation where false;
select basis, end_basis from approval_power where false;
select search_key, dissolved_on from organization where false;
select descendant, ancestor, writes, by_line from organization_scope where false;
select organization_id, since, until, kind, establish_form, region_code, term_ends_on from organization_period where false;
select unit_id, since, until, region_code, business_state, organization_id, coverage_form from unit_period where false;
select member_id, since, until from floating_period where false;
select organization_id, unit_id, version from person where false;
select id, person_id, role, organization_id, unit_id, since, until from person_post where false;
select has_table_privilege(:'service', 'organizations.organization_reach', 'delete')
       and not has_table_privilege(:'service', 'organizations.relation', 'delete')
       and not has_table_privilege(:'service', 'organizations.relation_kind', 'insert')
       and not has_table_privilege(:'service', 'organizations.person_post', 'delete')
       as rights_are_narrow \gset
\if :rights_are_narrow
\else
    do $$ begin raise exception 'the runtime role may do more than it should'; end $$;
\endif
