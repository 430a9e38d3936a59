-- SPDX-License-Identifier: Apache-2.0
-- Verify organizations:0025_coverage on pg
set search_path to organizations;

select unit_id, since, until, region_code, kind, operating, organization_id, coverage_form, staff, members,
       full_members, instructor, mass from unit_standing where false;
select organization_id, since, until, region_code, kind, secretary, members, full_members, units
  from organization_standing where false;
select 1 / (count(*) / 16) from pg_trigger where tgname like 'coverage\_%' and not tgisinternal;
select id, unit_id from coverage_unit_change where false;
select id, organization_id from coverage_organization_change where false;
