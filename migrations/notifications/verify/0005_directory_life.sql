-- SPDX-License-Identifier: Apache-2.0
-- Verify notifications:0005_directory_life on pg
set search_path to notifications;

select dissolved_on, successor_id from organization where false;
