-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0006_relations to pg
begin;
set local search_path to organizations;

-- What a relation lets the superior do below. 隶属 is the line; the others widen scope and nothing else: letters, dues
-- and training follow the line alone (组织关系一方隶属).
create table relation_kind (
    kind text primary key,
    scope text not null check (scope in ('read', 'write'))
);
insert into relation_kind (kind, scope) values
    ('line', 'write'), ('dual', 'write'), ('trade', 'read'), ('host', 'read');

alter table relation
    add foreign key (kind) references relation_kind,
    add column basis text,                           -- 批准文号, that began it
    add column end_basis text,                       -- ... that ended it
    add constraint relation_once
        exclude using gist (organization_id with =, superior_id with =, kind with =, daterange(since, until) with &&)
        where (kind <> 'line');
create index relation_others_now on relation (superior_id, organization_id) where kind <> 'line' and until is null;

alter table approval_power
    add column basis text,
    add column end_basis text;

alter table organization
    add column dissolved_on date,                    -- 撤销
    -- What the directory searches: without blanks, in one width and case.
    add column search_key text not null
        generated always as (lower(regexp_replace(normalize(name, nfkc), '\s', '', 'g'))) stored;

-- (ancestor, descendant) for what the ancestor reaches by another relation than the line and not by the line: the
-- organization related to it and all below that. Kept in the transaction that changes a line or a relation.
create table organization_reach (
    descendant uuid not null references organization on delete cascade,
    ancestor uuid not null references organization on delete cascade,
    writes boolean not null,
    primary key (descendant, ancestor)
);
create index organization_reach_ancestor on organization_reach (ancestor, descendant);

-- Who reaches whom, once for each pair: the scope of every statement.
create view organization_scope as
    select descendant, ancestor, true as writes, true as by_line from organization_line
    union all
    select descendant, ancestor, writes, false from organization_reach;

-- What the totals need, as it was: one row for each time it changed, the last without an end. `since` is the day on
-- which the system learnt it.
create table organization_period (
    organization_id uuid not null references organization on delete cascade,
    since date not null,
    until date check (until >= since),               -- the first day on which it was otherwise
    kind text not null,
    establish_form text,
    region_code text collate "C",
    term_ends_on date,
    primary key (organization_id, since)
);
create index organization_period_region on organization_period (region_code);

create table unit_period (
    unit_id uuid not null references unit on delete cascade,
    since date not null,
    until date check (until >= since),
    region_code text collate "C" not null,
    business_state text not null,
    organization_id uuid,                            -- that covers it; null: 空白点
    coverage_form text,
    primary key (unit_id, since)
);
create index unit_period_organization on unit_period (organization_id);
create index unit_period_region on unit_period (region_code);

-- When a member was floating (流动党员).
create table floating_period (
    member_id uuid not null references member on delete cascade,
    since date not null,
    until date check (until >= since),
    primary key (member_id, since)
);

-- What is there has been so since its row was made: an id carries the time.
create function made_on(id uuid) returns date language sql immutable as $$
    select (to_timestamp(('x' || lpad(left(replace(id::text, '-', ''), 12), 16, '0'))::bit(64)::bigint / 1000.0)
            at time zone 'Asia/Shanghai')::date
$$;
insert into organization_period (organization_id, since, kind, establish_form, region_code, term_ends_on)
select o.id, coalesce(r.since, made_on(o.id)), o.kind, o.establish_form, o.region_code, o.term_ends_on
  from organization o
  left join relation r on r.organization_id = o.id and r.kind = 'line' and r.until is null;
insert into unit_period (unit_id, since, region_code, business_state, organization_id, coverage_form)
select id, made_on(id), region_code, business_state, organization_id, coverage_form from unit;
insert into floating_period (member_id, since)
select id, made_on(id) from member where floating;
drop function made_on(uuid);

insert into role_permission (role, permission)
select r.role, p.permission
  from (values
    ('city_clerk', 'directory.read organization.manage approval.manage unit.manage member.manage person.read'
                   ' person.manage'),
    ('district_clerk', 'directory.read organization.manage approval.manage unit.manage member.manage person.read'
                       ' person.manage'),
    ('committee_clerk', 'directory.read organization.manage unit.manage member.manage person.read person.manage'),
    ('branch_secretary', 'directory.read person.read person.manage'),
    ('dues_accountant', 'directory.read'),
    ('dues_cashier', 'directory.read'),
    ('instructor', 'directory.read'),
    ('trade_department', 'directory.read')) as r (role, permissions)
 cross join lateral regexp_split_to_table(r.permissions, ' +') as p (permission);

-- Persons who are not members (申请人, 积极分子, 业主 …) have a place that keeps their record, a unit, and posts.
alter table person
    add column organization_id uuid references organization,  -- that keeps the record; null: known by another record
    add column unit_id uuid references unit,                   -- 工作单位
    add column version bigint not null default 1 check (version > 0);
create index person_organization on person (organization_id, id) where organization_id is not null;

create table person_post (
    id uuid primary key,
    person_id uuid not null references person,
    role text not null check (role in ('owner',              -- 业主
                                       'unit_head',          -- 单位负责人
                                       'outside_secretary',  -- 外来书记
                                       'instructor',         -- 党建工作指导员
                                       'activist',           -- 入党积极分子
                                       'applicant')),        -- 入党申请人
    organization_id uuid references organization,
    unit_id uuid references unit,
    since date not null,
    until date check (until >= since),
    check (organization_id is not null or unit_id is not null),
    exclude using gist (person_id with =, role with =, (coalesce(unit_id, organization_id)) with =,
                        daterange(since, until) with &&)
);
create index person_post_person on person_post (person_id);

\ir ../../shared/grants.sql
revoke insert, update, delete on role, role_permission, relation_kind, organization_scope from :"service";
revoke delete on person, member, membership, organization, relation, approval_power, account, account_token,
                 account_post, organization_period, unit_period, floating_period, person_post
  from :"service";
commit;
