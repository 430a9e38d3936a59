-- SPDX-License-Identifier: Apache-2.0
-- Verify transfers:0013_outside on pg
set search_path to transfers;

select outside_name, receipt_number, receipt_on from letter where false;
