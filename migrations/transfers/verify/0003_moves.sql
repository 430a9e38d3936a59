-- SPDX-License-Identifier: Apache-2.0
-- Verify transfers:0003_moves on pg
set search_path to transfers;

select id, version, state, member_id, from_branch_id, to_branch_id, committee_id, note, created_at, decided_at
  from inner_move where false;
select 'inner_move_one_asked'::regclass;
