-- SPDX-License-Identifier: Apache-2.0
-- Verify transfers:0004_check_codes on pg
set search_path to transfers;

select letter_id, code from letter_check where false;
