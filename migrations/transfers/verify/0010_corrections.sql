-- SPDX-License-Identifier: Apache-2.0
-- Verify transfers:0010_corrections on pg
set search_path to transfers;

select kind, approver_id from letter where false;
