-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0007_exports to pg
begin;
set local search_path to organizations;

-- A ledger on its way out.
create table export (
    id uuid primary key,
    account_id uuid not null references account,
    role text not null,
    organization_id uuid not null references organization,  -- the acting one: nothing outside it is given out
    request_id uuid not null,
    ledger text not null check (ledger in ('regions', 'organizations', 'units', 'members')),
    format text not null check (format in ('xlsx', 'csv')),
    target_id uuid references organization,          -- it and those below it; null: all within the scope
    reason text check (reason <> ''),                -- why numbers stand whole; null: they are masked
    state text not null check (state in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    worker uuid,                                     -- whose claim it is
    done bigint not null default 0,                  -- rows written
    file_id uuid references file on delete set null,
    problem text,                                    -- slug, when failed
    created_at timestamptz not null,
    worked_at timestamptz not null                   -- when a step last ended
);
create index export_work on export (created_at) where state in ('queued', 'running');
create index export_file on export (file_id) where file_id is not null;

insert into role_permission (role, permission)
select role, 'export.run' from role_permission where permission = 'unit.read';

\ir ../../shared/grants.sql
revoke insert, update, delete on role, role_permission, relation_kind, organization_scope from :"service";
revoke delete on person, member, membership, organization, relation, approval_power, account, account_token,
                 account_post, organization_period, unit_period, floating_period, person_post, export
  from :"service";
commit;
