-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0010_open_work to pg
begin;
set local search_path to organizations;

-- Open work: one's own imports, posts that end soon.
create index import_account on import (account_id, organization_id);
create index account_post_until on account_post (until) where until is not null;

-- Who sees to it that terms are renewed (换届).
insert into role_permission (role, permission)
select r.name, 'term.manage'
  from role r where r.name in ('city_clerk', 'district_clerk', 'committee_clerk', 'branch_secretary');

-- A post handed over (岗位移交), with the open work that was counted and signed for. Insert-only.
create table post_hand_over_history (
    post_id uuid primary key references account_post,                  -- that ended
    successor_id uuid not null unique references account_post,         -- that began
    at timestamptz not null,
    account_id uuid not null references account,                       -- who signed for the numbers
    role text not null,                                                -- acting as what
    organization_id uuid not null references organization
);
create table post_hand_over_work_history (
    post_id uuid not null references post_hand_over_history,
    service text not null,
    waiting bigint not null check (waiting >= 0),    -- 待办; numbers stop at 1000
    under_way bigint not null check (under_way >= 0),  -- 未办结
    primary key (post_id, service)
);

-- What is told of ends (notifications): each once.
alter table account_post add column end_told boolean not null default false;
update account_post set end_told = true where until <= (current_timestamp at time zone 'Asia/Shanghai')::date;
create index account_post_end_untold on account_post (until) where until is not null and not end_told;
alter table import add column told bigint not null default 0 check (told >= 0);
comment on column import.told is 'Version of the last event about it';

-- Terms that are over (届满), told to the superior in one summary. Which term was told of is kept, so that none is told
-- twice; the summary is the aggregate that events speak of.
create table term_summary (
    id uuid primary key,
    organization_id uuid not null unique references organization,      -- the superior
    version bigint not null check (version > 0)
);
create table term_notice_history (
    organization_id uuid not null references organization,
    term_ends_on date not null,
    superior_id uuid not null references organization,
    at timestamptz not null,
    primary key (organization_id, term_ends_on)
);
create index organization_term on organization (term_ends_on) where term_ends_on is not null;

\ir ../../shared/grants.sql
revoke insert, update, delete on role, role_permission, relation_kind, organization_scope, record_place
  from :"service";
revoke delete on person, member, membership, organization, relation, approval_power, account, account_token,
                 account_post, organization_period, unit_period, floating_period, person_post, export, document,
                 term_summary
  from :"service";
commit;
