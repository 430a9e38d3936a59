-- SPDX-License-Identifier: Apache-2.0
-- Verify organizations:0026_coverage_recount on pg
set search_path to organizations;

select day, phase, after, read, differing from coverage_recount where false;
select day, unit_id, organization_id, kept, counted from coverage_difference_history where false;
