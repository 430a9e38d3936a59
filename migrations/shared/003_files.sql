-- SPDX-License-Identifier: Apache-2.0
-- Files in chunks, in the schema of whoever needs them. Included with search_path set to that schema. Never edited once
-- released: a change is the next number.
create table file (
    id uuid primary key,
    account_id uuid not null,             -- whose it is: who uploaded it, or asked for it
    organization_id uuid not null,        -- of the post he acted in
    purpose text not null,
    name text not null check (name <> ''),
    state text not null check (state in ('writing', 'whole')),
    size bigint not null default 0 check (size >= 0),
    media_type text,                      -- found by content, once it is whole
    sha256 bytea,
    created_at timestamptz not null,
    delete_after timestamptz,             -- null: kept with what it belongs to
    check ((state = 'whole') = (media_type is not null and sha256 is not null))
);
create index file_account on file (account_id) where delete_after is not null;
create index file_over on file (delete_after) where delete_after is not null;

-- 256 KiB each but the last; sealed, so a little longer here.
create table file_chunk (
    file_id uuid not null references file on delete cascade,
    no int not null check (no >= 0),
    bytes bytea not null check (octet_length(bytes) <= 262144 + 64),
    primary key (file_id, no)
);
-- Ciphertext does not compress.
alter table file_chunk alter column bytes set storage external;
