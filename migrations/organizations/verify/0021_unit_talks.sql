-- SPDX-License-Identifier: Apache-2.0
-- Verify organizations:0021_unit_talks on pg
set search_path to organizations;

select id, unit_id, held_on, held_by, concern, promise, next_step, next_due, done_on, version from owner_talk where false;
select talk_id, version, at, account_id, role, organization_id, what from owner_talk_history where false;
select id, unit_id, kind, since, until from mass_organization where false;
select 1 / count(*) from role_permission where permission = 'talk.manage' and role = 'instructor';
