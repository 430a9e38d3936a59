-- SPDX-License-Identifier: Apache-2.0
-- Verify dues:0004_directory_life on pg
set search_path to dues;

select dissolved_on, successor_id from organization where false;
