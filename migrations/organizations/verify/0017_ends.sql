-- SPDX-License-Identifier: Apache-2.0
-- Verify organizations:0017_ends on pg
set search_path to organizations;

select 1 / count(*) from pg_indexes where schemaname = 'organizations' and indexname = 'import_untold';
