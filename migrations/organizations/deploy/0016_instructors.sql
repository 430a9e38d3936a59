-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0016_instructors to pg
begin;
set local search_path to organizations;

-- The register of instructors (党建工作指导员): a person, selected by an organization, sent by his employer.
create table instructor (
    id uuid primary key,
    person_id uuid not null references person,
    organization_id uuid not null references organization,  -- that selects and dispatches (选派)
    sending_unit text not null check (sending_unit <> ''),   -- 派出单位: a department, mostly none of our organizations
    full_time boolean not null,                      -- 专职, else 兼职
    basis text,                                      -- 选派文件
    since date not null,
    term_ends_on date,                               -- 任期届满
    until date check (until >= since),               -- withdrawn (撤回): the first day without him
    end_reason text,
    version bigint not null check (version > 0),
    check ((until is null) = (end_reason is null)),
    exclude using gist (person_id with =, daterange(since, until) with &&)
);
create unique index instructor_now on instructor (person_id) where until is null;
create index instructor_organization on instructor (organization_id, id);

-- A dispatch (下派) to a unit. Person, unit and days stand in person_post, once; here is what it has besides.
create table dispatch (
    id uuid primary key references person_post,
    instructor_id uuid not null references instructor,
    sending_unit text not null check (sending_unit <> ''),   -- as it was
    full_time boolean not null,
    basis text,
    visit_days bigint check (visit_days between 1 and 366),  -- its own frequency of visits; null: visit_interval
    telephone_sealed bytea,                          -- for this unit; bound to "person|telephone|<person>"
    version bigint not null check (version > 0)
);
create index dispatch_instructor on dispatch (instructor_id, id);
create index person_post_unit on person_post (unit_id) where unit_id is not null;
create unique index person_post_instructor on person_post (person_id, unit_id)
    where role = 'instructor' and until is null;

-- How often a unit is visited (走访频次). Data, no rule of the Party's: a dispatch may say otherwise.
create table visit_interval (
    full_time boolean primary key,
    days bigint not null check (days between 1 and 366)
);
insert into visit_interval (full_time, days) values (true, 30), (false, 90);

-- Who did what to an instructor, his dispatches and reports. Insert-only.
create table instructor_history (
    id uuid primary key,
    instructor_id uuid not null references instructor,
    dispatch_id uuid references dispatch on delete cascade,
    at timestamptz not null,
    account_id uuid not null,
    role text not null,
    organization_id uuid not null,
    what text not null
);
create index instructor_history_instructor on instructor_history (instructor_id, id);

-- A visit (走访), and the problem met there, which a department answers by a day.
create table visit (
    id uuid primary key,
    dispatch_id uuid not null references dispatch,
    visited_on date not null,
    kind text not null check (kind in ('visit', 'talk', 'meeting', 'guidance', 'call')),
    content text not null check (content <> ''),
    problem text check (problem <> ''),              -- 发现的问题; null: none
    department_id uuid references organization,      -- that is asked to answer (承办)
    answer_due_on date,
    answer text check (answer <> ''),
    answered_on date,
    version bigint not null check (version > 0),
    check (problem is not null or department_id is null),
    check ((department_id is null) = (answer_due_on is null)),
    check (department_id is not null or answer is null),
    check ((answer is null) = (answered_on is null))
);
create index visit_dispatch on visit (dispatch_id, visited_on);
create index visit_department on visit (department_id, id) where department_id is not null;
create index visit_answer_due on visit (department_id, answer_due_on) where answer_due_on is not null and answer is null;
create index visit_unrouted on visit (dispatch_id) where problem is not null and department_id is null;

create table visit_history (
    visit_id uuid not null references visit,
    version bigint not null,
    at timestamptz not null,
    account_id uuid not null,
    role text not null,
    organization_id uuid not null,
    what text not null,
    primary key (visit_id, version)
);

-- A post of somebody who is an instructor already was a dispatch all along.
insert into instructor (id, person_id, organization_id, sending_unit, full_time, since, version)
select gen_random_uuid(), t.person_id, coalesce(m.organization_id, p.organization_id), '未填', false, min(t.since), 1
  from person_post t join person p on p.id = t.person_id left join member m on m.person_id = p.id
 where t.role = 'instructor' and t.unit_id is not null and coalesce(m.organization_id, p.organization_id) is not null
 group by t.person_id, coalesce(m.organization_id, p.organization_id);
insert into dispatch (id, instructor_id, sending_unit, full_time, version)
select t.id, i.id, i.sending_unit, i.full_time, 1
  from person_post t join instructor i on i.person_id = t.person_id
 where t.role = 'instructor' and t.unit_id is not null;

-- The units that a post finds: what it was given, and those its person is dispatched to.
create view own_unit as
    select post_id, unit_id from post_unit where until is null
    union
    select q.id, t.unit_id
      from account_post q
      join person_post t on t.person_id = q.holder and t.role = 'instructor' and t.until is null
     where q.role = 'instructor' and t.unit_id is not null;

insert into role_permission (role, permission)
select r.role, p.permission
  from (values
    ('city_clerk', 'instructor.read instructor.manage visit.read visit.write problem.answer'),
    ('district_clerk', 'instructor.read instructor.manage visit.read visit.write problem.answer'),
    ('committee_clerk', 'instructor.read instructor.manage visit.read visit.write problem.answer'),
    ('branch_secretary', 'instructor.read visit.read problem.answer'),
    ('instructor', 'visit.read visit.write')) as r (role, permissions)
 cross join lateral regexp_split_to_table(r.permissions, ' +') as p (permission);

alter table import drop constraint import_ledger_check,
    add constraint import_ledger_check
        check (ledger in ('regions', 'organizations', 'units', 'members', 'instructors'));

-- As in 0014_imports, and dispatches besides; an instructor who came with one stays in the register.
create or replace function undo_created(p_import uuid, p_rows bigint[], p_keys text[]) returns setof bigint
language plpgsql security definer set search_path = organizations as $$
declare
    r record;
    ledger_name text;
begin
    select i.ledger into strict ledger_name from import i where i.id = p_import and i.state = 'undoing';
    for r in select w.row, w.key, i.entity_id, i.person_id
               from unnest(p_rows, p_keys) with ordinality as w (row, key, n)
               join import_row i on i.import_id = p_import and i.row = w.row and i.outcome = 'created'
                                 and i.entity_version is not null and i.undo is null
              order by w.n
    loop
        -- Papers name their record without a foreign key.
        continue when exists (select from document d where d.record_id in (r.entity_id, r.person_id));
        begin
            if ledger_name = 'members' then
                delete from membership where member_id = r.entity_id and letter_id is null;
                delete from member where id = r.entity_id;
            elsif ledger_name = 'units' then
                delete from unit where id = r.entity_id;
            elsif ledger_name = 'organizations' then
                delete from organization_line where descendant = r.entity_id;
                delete from relation where organization_id = r.entity_id;
                delete from approval_power where organization_id = r.entity_id;
                delete from post where organization_id = r.entity_id;
                delete from organization where id = r.entity_id;
            elsif ledger_name = 'instructors' then
                delete from dispatch where id = r.entity_id;
                delete from person_post where id = r.entity_id;
            else
                delete from region where code = r.key;
            end if;
            delete from person where id = r.person_id;
            return next r.row;
        exception when foreign_key_violation or restrict_violation then
            null;
        end;
    end loop;
end $$;
revoke all on function undo_created(uuid, bigint[], text[]) from public;

insert into table_right (name, rights) values
    ('instructor', 'select, insert, update'),
    ('dispatch', 'select, insert, update'),
    ('visit_interval', 'select'),
    ('instructor_history', 'select, insert'),
    ('visit', 'select, insert, update'),
    ('visit_history', 'select, insert'),
    ('own_unit', 'select');

\ir ../../shared/grants.sql
commit;
