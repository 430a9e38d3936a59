-- SPDX-License-Identifier: Apache-2.0
-- Verify organizations:0022_anchors on pg
set search_path to organizations;

select id, kind, name, region_code, address, organization_id, version from anchor where false;
select anchor_id, unit_id, since, until, from_ledger from anchor_unit where false;
select anchor_id, person_id, duty, since, until from anchor_person where false;
select 1 / count(*) from anchor_word;
select 1 / count(*) from role_permission where permission = 'anchor.manage';
