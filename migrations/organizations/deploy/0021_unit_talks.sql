-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0021_unit_talks to pg
begin;
set local search_path to organizations;

-- Talks with owners (业主谈话): what he worries about, what was promised, what comes next and by when. No verdict on the
-- person is kept here.
create table owner_talk (
    id uuid primary key,
    unit_id uuid not null references unit,
    held_on date not null,
    held_by text not null check (held_by <> ''),     -- who talked with him
    concern text,                                    -- 顾虑
    promise text,                                    -- 承诺
    next_step text,
    next_due date check (next_due >= held_on),
    done_on date check (done_on >= held_on),         -- of the next step
    version bigint not null check (version > 0),
    check ((next_step is null) = (next_due is null)),
    check (done_on is null or next_due is not null)
);
create index owner_talk_unit on owner_talk (unit_id, id);
create index owner_talk_due on owner_talk (next_due, id) where next_due is not null and done_on is null;

-- Who did what to a talk's record; never its words. Insert-only.
create table owner_talk_history (
    talk_id uuid not null references owner_talk,
    version bigint not null,
    at timestamptz not null,
    account_id uuid not null,
    role text not null,
    organization_id uuid not null,
    what text not null,
    primary key (talk_id, version)
);

-- Mass organizations (群团组织) of a unit: where there is no Party organization, work goes through them (工作覆盖).
create table mass_organization (
    id uuid primary key,
    unit_id uuid not null references unit,
    kind text not null check (kind in ('union',      -- 工会
                                       'league',     -- 共青团
                                       'women')),    -- 妇联
    since date not null,
    until date check (until >= since),               -- the first day without it
    exclude using gist (unit_id with =, kind with =, daterange(since, until) with &&)
);
create index mass_organization_unit on mass_organization (unit_id);

insert into role_permission (role, permission)
select role, 'talk.manage' from role_permission where permission = 'talk.read';

insert into table_right (name, rights) values
    ('owner_talk', 'select, insert, update'),
    ('owner_talk_history', 'select, insert'),
    ('mass_organization', 'select, insert, update');

\ir ../../shared/grants.sql
commit;
