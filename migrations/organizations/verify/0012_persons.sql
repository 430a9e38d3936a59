-- SPDX-License-Identifier: Apache-2.0
-- Verify organizations:0012_persons on pg
set search_path to organizations;

select person_id, version, at, account_id, role, organization_id, what from person_history where false;
select 1 / count(*) from role_permission where permission = 'person.reveal';
