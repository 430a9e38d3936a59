-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0025_coverage to pg
begin;
set local search_path to organizations;

-- What the two coverages (两个覆盖) count of a unit, one row for each time it changed, the last without an end. `since` is
-- the day on which the system learnt it. A job keeps it a moment behind the ledgers; a nightly recount looks after it.
create table unit_standing (
    unit_id uuid not null references unit on delete cascade,
    since date not null,
    until date check (until >= since),               -- the first day on which it was otherwise
    region_code text collate "C" not null,
    kind text not null,
    operating boolean not null,                      -- 实体运营
    organization_id uuid,                            -- that covers it; null: 空白点
    coverage_form text,
    staff bigint not null,
    members bigint not null,                         -- who work there, wherever they belong
    full_members bigint not null,
    instructor boolean not null,                     -- 党建工作指导员: dispatched, or named by the ledger
    mass boolean not null,                           -- 工会, 共青团, 妇联
    primary key (unit_id, since)
);
create index unit_standing_organization on unit_standing (organization_id);
create index unit_standing_region on unit_standing (region_code);

create table organization_standing (
    organization_id uuid not null references organization on delete cascade,
    since date not null,
    until date check (until >= since),
    region_code text collate "C",
    kind text not null,
    secretary boolean not null,                      -- 书记 in post
    members bigint not null,                         -- its own, without those below
    full_members bigint not null,
    units bigint not null,                           -- that it covers
    primary key (organization_id, since)
);
create index organization_standing_region on organization_standing (region_code);

-- The truth of today, from which both are kept and recounted.
create view unit_coverage as
    select u.id as unit_id, u.region_code, u.kind, u.business_state = 'operating' as operating, u.organization_id,
           u.coverage_form, u.staff, m.members, m.full_members,
           u.instructor_name is not null
           or exists (select from person_post t
                       where t.unit_id = u.id and t.role = 'instructor' and t.until is null) as instructor,
           exists (select from mass_organization a where a.unit_id = u.id and a.until is null) as mass
      from unit u
     cross join lateral (select count(*) as members, count(*) filter (where standing = 'full') as full_members
                           from member where unit_id = u.id and status = 'active') m;
create view organization_coverage as
    select o.id as organization_id, o.region_code, o.kind,
           exists (select from post t
                    where t.organization_id = o.id and t.role = 'secretary' and t.until is null) as secretary,
           m.members, m.full_members,
           (select count(*) from unit u where u.organization_id = o.id) as units
      from organization o
     cross join lateral (select count(*) as members, count(*) filter (where standing = 'full') as full_members
                           from member where organization_id = o.id and status = 'active') m
     where o.dissolved_on is null;

-- What changed and is not counted yet, written with the change. Insert-only and never unique: a row that somebody has
-- taken says nothing of a change that commits later.
create table coverage_unit_change (
    id bigint generated always as identity primary key,
    unit_id uuid not null
);
create table coverage_organization_change (
    id bigint generated always as identity primary key,
    organization_id uuid not null
);

create function coverage_of_unit() returns trigger language plpgsql security definer
    set search_path from current as $$
begin
    if tg_op <> 'INSERT' then
        insert into coverage_organization_change (organization_id)
        select distinct organization_id from old_rows where organization_id is not null;
    end if;
    if tg_op <> 'DELETE' then
        insert into coverage_unit_change (unit_id) select id from new_rows;
        insert into coverage_organization_change (organization_id)
        select distinct organization_id from new_rows where organization_id is not null;
    end if;
    return null;
end $$;
create function coverage_of_member() returns trigger language plpgsql security definer
    set search_path from current as $$
begin
    if tg_op <> 'INSERT' then
        insert into coverage_unit_change (unit_id) select distinct unit_id from old_rows where unit_id is not null;
        insert into coverage_organization_change (organization_id) select distinct organization_id from old_rows;
    end if;
    if tg_op <> 'DELETE' then
        insert into coverage_unit_change (unit_id) select distinct unit_id from new_rows where unit_id is not null;
        insert into coverage_organization_change (organization_id) select distinct organization_id from new_rows;
    end if;
    return null;
end $$;
create function coverage_of_organization() returns trigger language plpgsql security definer
    set search_path from current as $$
begin
    insert into coverage_organization_change (organization_id) select id from new_rows;
    return null;
end $$;
create function coverage_of_post() returns trigger language plpgsql security definer
    set search_path from current as $$
begin
    if tg_op = 'DELETE' then
        insert into coverage_organization_change (organization_id) select distinct organization_id from old_rows;
    else
        insert into coverage_organization_change (organization_id) select distinct organization_id from new_rows;
    end if;
    return null;
end $$;
-- Instructors and mass organizations of a unit.
create function coverage_of_work() returns trigger language plpgsql security definer
    set search_path from current as $$
begin
    if tg_op = 'DELETE' then
        insert into coverage_unit_change (unit_id) select distinct unit_id from old_rows where unit_id is not null;
    else
        insert into coverage_unit_change (unit_id) select distinct unit_id from new_rows where unit_id is not null;
    end if;
    return null;
end $$;

create trigger coverage_inserted after insert on unit
    referencing new table as new_rows for each statement execute function coverage_of_unit();
create trigger coverage_updated after update on unit
    referencing old table as old_rows new table as new_rows for each statement execute function coverage_of_unit();
create trigger coverage_deleted after delete on unit
    referencing old table as old_rows for each statement execute function coverage_of_unit();
create trigger coverage_inserted after insert on member
    referencing new table as new_rows for each statement execute function coverage_of_member();
create trigger coverage_updated after update on member
    referencing old table as old_rows new table as new_rows for each statement execute function coverage_of_member();
create trigger coverage_deleted after delete on member
    referencing old table as old_rows for each statement execute function coverage_of_member();
create trigger coverage_inserted after insert on organization
    referencing new table as new_rows for each statement execute function coverage_of_organization();
create trigger coverage_updated after update on organization
    referencing new table as new_rows for each statement execute function coverage_of_organization();
create trigger coverage_inserted after insert on post
    referencing new table as new_rows for each statement execute function coverage_of_post();
create trigger coverage_updated after update on post
    referencing new table as new_rows for each statement execute function coverage_of_post();
create trigger coverage_deleted after delete on post
    referencing old table as old_rows for each statement execute function coverage_of_post();
create trigger coverage_inserted after insert on person_post
    referencing new table as new_rows for each statement execute function coverage_of_work();
create trigger coverage_updated after update on person_post
    referencing new table as new_rows for each statement execute function coverage_of_work();
create trigger coverage_deleted after delete on person_post
    referencing old table as old_rows for each statement execute function coverage_of_work();
create trigger coverage_inserted after insert on mass_organization
    referencing new table as new_rows for each statement execute function coverage_of_work();
create trigger coverage_updated after update on mass_organization
    referencing new table as new_rows for each statement execute function coverage_of_work();

-- What is known of the days before: of units their state and cover, the rest of both as it is now.
insert into unit_standing (unit_id, since, until, region_code, kind, operating, organization_id, coverage_form, staff,
                           members, full_members, instructor, mass)
select p.unit_id, p.since, p.until, p.region_code, u.kind, p.business_state = 'operating', p.organization_id,
       p.coverage_form, v.staff, v.members, v.full_members, v.instructor, v.mass
  from unit_period p join unit u on u.id = p.unit_id join unit_coverage v on v.unit_id = p.unit_id;
insert into organization_standing (organization_id, since, until, region_code, kind, secretary, members, full_members,
                                   units)
select p.organization_id, p.since, p.until, p.region_code, p.kind, v.secretary, v.members, v.full_members, v.units
  from organization_period p join organization_coverage v using (organization_id);

insert into table_right (name, rights) values
    ('unit_standing', 'select, insert, update'),
    ('organization_standing', 'select, insert, update'),
    ('unit_coverage', 'select'),
    ('organization_coverage', 'select'),
    ('coverage_unit_change', 'select, delete'),
    ('coverage_organization_change', 'select, delete');

\ir ../../shared/grants.sql
commit;
