-- SPDX-License-Identifier: Apache-2.0
-- Deploy transfers:0006_move_lists to pg
begin;
set local search_path to transfers;

-- A committee's and a branch's own moves: without these a list reads every move of the city.
create index inner_move_committee on inner_move (committee_id, id);
create index inner_move_from on inner_move (from_branch_id, id);
create index inner_move_to on inner_move (to_branch_id, id);

\ir ../../shared/grants.sql
revoke insert, update, delete on workday from :"service";
revoke update, delete on letter_check from :"service";
commit;
