-- SPDX-License-Identifier: Apache-2.0
-- Deploy transfers:0003_moves to pg
begin;
set local search_path to transfers;

-- Moves between two branches of one committee (内部调动): no letter, the committee confirms.
create table inner_move (
    id uuid primary key,                  -- UUIDv7
    version bigint not null,
    state text not null check (state in ('asked', 'moved', 'refused')),
    member_id uuid not null,
    from_branch_id uuid not null,
    to_branch_id uuid not null,
    committee_id uuid not null,           -- who confirms: the nearest above that may issue letters
    note text not null,
    created_at timestamptz not null,
    decided_at timestamptz,
    constraint inner_move_branches_differ check (from_branch_id <> to_branch_id),
    constraint inner_move_decided check ((state = 'asked') = (decided_at is null))
);
comment on table inner_move is '内部调动: moves inside one committee, in their present state; who did what is in the audit';
create unique index inner_move_one_asked on inner_move (member_id) where state = 'asked';

\ir ../../shared/grants.sql
revoke insert, update, delete on workday from :"service";
commit;
