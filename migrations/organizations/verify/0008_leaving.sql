-- SPDX-License-Identifier: Apache-2.0
-- Verify organizations:0008_leaving on pg
set search_path to organizations;

select status, left_on from member where false;
select member_id, version, status, since, organization_id, letter_id, at, account_id, role, note
  from member_status_history where false;
