-- SPDX-License-Identifier: Apache-2.0
-- Verify training:0005_duties on pg
set search_path to training;

select member_id, kind, since, until from duty_period where false;
