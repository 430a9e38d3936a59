-- SPDX-License-Identifier: Apache-2.0
-- Verify transfers:0006_move_lists on pg
select 1 / (count(*) = 3)::int from pg_indexes where schemaname = 'transfers' and indexname like 'inner\_move\_%'
   and indexname in ('inner_move_committee', 'inner_move_from', 'inner_move_to');
