-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0018_life to pg
begin;
set local search_path to organizations;

alter table organization
    add column address text,                         -- 办公地址
    add column successor_id uuid references organization,  -- into which it was merged (合并)
    add constraint organization_successor check (successor_id is null or (dissolved_on is not null and successor_id <> id));
comment on column organization.dissolved_on is '撤销, 合并: the first day without it; its line in the closures stays, for its records are read there';

-- A letter under way also holds the committee it is addressed to.
alter table open_letter add column to_organization_id uuid;  -- null: said before this was kept
create index open_letter_to on open_letter (to_organization_id);

-- Names an organization had (曾用名), each until the day it was renamed (更名). Insert-only.
create table organization_name_history (
    organization_id uuid not null references organization on delete cascade,
    version bigint not null,                         -- of the organization, with the next name
    name text not null,
    until date not null,                             -- the first day with another name
    search_key text not null
        generated always as (lower(regexp_replace(normalize(name, nfkc), '\s', '', 'g'))) stored,
    primary key (organization_id, version)
);

-- What befell an organization: who decided, on which paper, why. Insert-only.
create table organization_life_history (
    organization_id uuid not null references organization on delete cascade,
    version bigint not null,                         -- of the organization, after it
    event text not null check (event in ('founded',        -- 成立
                                         'renamed',        -- 更名
                                         'term_renewed',   -- 换届
                                         'absorbed',       -- 合并入本组织
                                         'standardised',   -- 规范
                                         'project_extended',  -- 项目延期
                                         'converted',      -- 项目党组织转为常设
                                         'merged',         -- 合并
                                         'dissolved')),    -- 撤销
    on_day date not null,
    former text,                                     -- what it was before, as text: a name, a day, a kind
    present text,
    other_id uuid,                                   -- the other organization, or the founding
    basis text not null,                             -- 批准文号
    reason text not null,
    at timestamptz not null,
    account_id uuid not null references account,
    role text not null,                              -- acting as what
    acting_id uuid not null,                         -- ... for which organization
    primary key (organization_id, version)
);

-- Since when a member has his duty (党内职务); null: it was told with the first load.
alter table member add column duty_since date;

insert into table_right (name, rights) values
    ('organization_name_history', 'select, insert'),
    ('organization_life_history', 'select, insert');

\ir ../../shared/grants.sql
commit;
