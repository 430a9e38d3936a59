-- SPDX-License-Identifier: Apache-2.0
-- Verify transfers:0011_directory_life on pg
set search_path to transfers;

select dissolved_on, successor_id from organization where false;
