-- SPDX-License-Identifier: Apache-2.0
-- Deploy transfers:0007_paper to pg
begin;
set local search_path to transfers;

\ir ../../shared/003_files.sql

-- Many sheets in one document, made as a job.
create table paper_batch (
    id uuid primary key,
    account_id uuid not null,
    role text not null,
    organization_id uuid not null,        -- the acting one
    request_id uuid not null,
    kind text not null check (kind in ('letter', 'receipt', 'certificate')),
    state text not null check (state in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    total int not null check (total >= 0),
    done int not null default 0,          -- pages drawn
    worker uuid,                          -- whose claim it is
    file_id uuid references file on delete set null,
    problem text,                         -- slug, when failed
    created_at timestamptz not null,
    worked_at timestamptz not null        -- when a step last ended
);
comment on table paper_batch is '批量打印';
create index paper_batch_work on paper_batch (created_at) where state in ('queued', 'running');
create index paper_batch_file on paper_batch (file_id) where file_id is not null;

-- Every sheet that was printed: which one it is, and what it says (the content of `version`). Insert-only.
create table paper_copy (
    letter_id uuid not null references letter (id),
    kind text not null check (kind in ('letter', 'receipt', 'certificate')),
    copy int not null check (copy > 0),   -- 第…次打印
    version bigint not null,              -- of letter_content_history
    printed_at timestamptz not null,
    account_id uuid not null,             -- who printed it, and may fetch it
    organization_id uuid not null,
    batch_id uuid references paper_batch,
    place int not null default 0,         -- in the batch
    primary key (letter_id, kind, copy)
);
comment on table paper_copy is '打印次数: every printed letter, receipt and certificate';
create index paper_copy_batch on paper_copy (batch_id, place) where batch_id is not null;

-- Keys that letters are proven with, for good: a paper outlives the key.
create table proof_key (
    id text primary key check (id ~ '^[0-9a-f]{8}$'),
    public_key bytea not null check (octet_length(public_key) = 32),
    since timestamptz not null            -- signs from then on, until the next one does
);
comment on table proof_key is 'public keys (Ed25519) of letters'' proofs; insert-only';

\ir ../../shared/grants.sql
revoke insert, update, delete on workday from :"service";
revoke update, delete on letter_check, paper_copy, proof_key from :"service";
revoke delete on paper_batch from :"service";
commit;
