-- SPDX-License-Identifier: Apache-2.0
-- Verify training:0004_directory_life on pg
set search_path to training;

select dissolved_on, successor_id from organization where false;
