-- SPDX-License-Identifier: Apache-2.0
-- Documents on their way (exports, printed batches), in the schema of whoever makes them; behind 003_files.sql. Included
-- with search_path set to that schema. Never edited once released: a change is the next number.
create table document_job (
    id uuid primary key,
    kind text not null check (kind <> ''),           -- a row of the service's table of documents
    account_id uuid not null,                        -- whose it is
    role text not null,
    organization_id uuid not null,                   -- the acting one: what is given out is judged by it again
    own_id uuid,                                     -- what the post is narrowed to
    request_id uuid not null,
    wish bytea not null,                             -- the request that asked for it, packed
    state text not null check (state in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    tries int not null default 0,                    -- how often somebody has taken it on
    worker uuid,                                     -- whose claim it is
    total bigint,                                    -- null: not counted yet
    done bigint not null default 0,
    file_id uuid references file on delete set null,
    problem text,                                    -- slug, when failed
    created_at timestamptz not null,
    worked_at timestamptz not null                   -- when a step last ended
);
create index document_job_open on document_job (created_at) where state in ('queued', 'running');
create index document_job_own on document_job (account_id, kind, id);
create index document_job_file on document_job (file_id) where file_id is not null;
create index document_job_over on document_job (worked_at) where state not in ('queued', 'running');
