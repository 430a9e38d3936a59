-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0022_anchors to pg
begin;
set local search_path to organizations;

-- A name as it is compared: without blanks, in one width and case.
create function anchor_key(name text) returns text language sql immutable as $$
    select lower(regexp_replace(normalize(name, nfkc), '\s', '', 'g'))
$$;

-- Where units stand besides their organization (载体): within a territory a name is said once.
create table anchor (
    id uuid primary key,
    kind text not null check (kind in ('park', 'building', 'business_district', 'market', 'street',
                                       'trade_association', 'industry_chain', 'grid')),
    name text not null check (name <> ''),
    region_code text collate "C" not null references region,
    address text,
    organization_id uuid references organization,    -- that leads there; null: none
    version bigint not null check (version > 0)
);
create index anchor_region on anchor (region_code, id);

-- The names by which ledgers find an anchor: its own, and those it had before.
create table anchor_name (
    region_code text collate "C" not null,
    name_key text not null,
    anchor_id uuid not null references anchor,
    primary key (region_code, name_key)
);
create index anchor_name_anchor on anchor_name (anchor_id);

create table anchor_unit (
    anchor_id uuid not null references anchor,
    unit_id uuid not null references unit on delete cascade,
    since date not null,
    until date check (until >= since),               -- the first day without it
    from_ledger boolean not null,                    -- by the ledger's 所在园区, and ended by it
    exclude using gist (anchor_id with =, unit_id with =, daterange(since, until) with &&)
);
create unique index anchor_unit_now on anchor_unit (anchor_id, unit_id) where until is null;
create index anchor_unit_unit on anchor_unit (unit_id) where until is null;

-- Who answers there: 负责人, 联系人, 网格员.
create table anchor_person (
    anchor_id uuid not null references anchor,
    person_id uuid not null references person,
    duty text not null check (duty in ('responsible', 'contact', 'grid_worker')),
    since date not null,
    until date check (until >= since),
    exclude using gist (anchor_id with =, person_id with =, duty with =, daterange(since, until) with &&)
);
create unique index anchor_person_now on anchor_person (anchor_id, person_id, duty) where until is null;

-- Contact points (联系点).
create table anchor_point (
    anchor_id uuid not null references anchor,
    no int not null,
    name text not null check (name <> ''),
    address text not null,
    telephone text not null,                         -- of the office
    primary key (anchor_id, no)
);

create table anchor_history (
    anchor_id uuid not null references anchor,
    version bigint not null,
    at timestamptz not null,
    account_id uuid not null,
    role text not null,
    organization_id uuid not null,
    what text not null,
    primary key (anchor_id, version)
);

-- What a ledger's word says of the kind; the longest that the name contains. A clerk corrects what it says wrongly.
create table anchor_word (
    word text primary key,
    kind text not null
);
insert into anchor_word (word, kind) values
    ('园', 'park'), ('园区', 'park'), ('一期', 'park'), ('二期', 'park'), ('三期', 'park'),
    ('楼', 'building'), ('大厦', 'building'), ('楼宇', 'building'), ('中心', 'building'),
    ('商圈', 'business_district'), ('广场', 'business_district'),
    ('市场', 'market'), ('街', 'street'), ('街区', 'street'), ('路', 'street'),
    ('协会', 'trade_association'), ('商会', 'trade_association'),
    ('产业链', 'industry_chain'), ('网格', 'grid');
create function anchor_kind_of(name text) returns text language sql stable set search_path from current as $$
    select coalesce((select w.kind from anchor_word w where position(w.word in name) > 0
                      order by length(w.word) desc, position(w.word in name) desc limit 1), 'park')
$$;

-- Units that are there already.
with named as (
    insert into anchor_name (region_code, name_key, anchor_id)
    select distinct on (u.region_code, anchor_key(u.place)) u.region_code, anchor_key(u.place), gen_random_uuid()
      from unit u where anchor_key(u.place) <> ''
    returning *)
insert into anchor (id, kind, name, region_code, version)
select n.anchor_id, anchor_kind_of(p.place), p.place, n.region_code, 1
  from named n
 cross join lateral (select min(u.place) as place from unit u
                      where u.region_code = n.region_code and anchor_key(u.place) = n.name_key) p;
insert into anchor_unit (anchor_id, unit_id, since, from_ledger)
select n.anchor_id, u.id, coalesce(k.since, current_date), true
  from unit u
  join anchor_name n on n.region_code = u.region_code and n.name_key = anchor_key(u.place)
  left join lateral (select min(since) as since from unit_period where unit_id = u.id) k on true;

insert into role_permission (role, permission)
select r.role, p.permission
  from (values
    ('city_clerk', 'anchor.read anchor.manage'),
    ('district_clerk', 'anchor.read anchor.manage'),
    ('committee_clerk', 'anchor.read anchor.manage'),
    ('branch_secretary', 'anchor.read')) as r (role, permissions)
 cross join lateral regexp_split_to_table(r.permissions, ' +') as p (permission);

insert into table_right (name, rights) values
    ('anchor', 'select, insert, update'),
    ('anchor_name', 'select, insert'),
    ('anchor_unit', 'select, insert, update'),
    ('anchor_person', 'select, insert, update'),
    ('anchor_point', 'select, insert, delete'),
    ('anchor_history', 'select, insert'),
    ('anchor_word', 'select');

\ir ../../shared/grants.sql
commit;
