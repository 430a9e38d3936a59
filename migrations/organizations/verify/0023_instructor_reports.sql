-- SPDX-License-Identifier: Apache-2.0
-- Verify organizations:0023_instructor_reports on pg
set search_path to organizations;

select id, instructor_id, year, half, state, content, return_reason, submitted_on, version
  from instructor_report where false;
select id, instructor_id, year, grade, note, sending_unit, at, account_id, role, organization_id
  from instructor_grade_history where false;
