-- SPDX-License-Identifier: Apache-2.0
-- The directory: a copy of organizations and members that every other service keeps by following the feed of
-- organizations (runtime/events/directory.c). Scope is judged against it, in the statement that touches the data.

create table organization (
    id uuid primary key,
    name text not null,
    code text not null,
    kind text not null,                   -- 组织类型, as in organizations
    superior_id uuid,                     -- 隶属; null: the root
    may_issue_from date,                  -- 预备党员审批权 since; null: none
    version bigint not null
);
create index organization_superior on organization (superior_id);

-- (ancestor, descendant) for every pair of the line, each organization included as its own ancestor.
create table organization_line (
    descendant uuid not null,
    ancestor uuid not null,
    depth int not null,                   -- 0: itself
    primary key (descendant, ancestor)
);
create index organization_line_ancestor on organization_line (ancestor, descendant);

create table member (
    id uuid primary key,
    person_id uuid not null,
    name text not null,
    standing text not null,               -- 党员类型: full, probationary
    status text not null,                 -- active, ...
    organization_id uuid not null,        -- the branch
    version bigint not null,
    awaits_letter uuid                    -- placed here by this letter before organizations told of it: older news of
                                          -- where the member was changes nothing until its own has come
);
create index member_organization on member (organization_id);
