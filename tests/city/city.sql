-- SPDX-License-Identifier: Apache-2.0
-- A whole city, straight into the tables of organizations and transfers of an empty, migrated database; the same for the
-- same sizes. psql as the superuser, with -v districts= streets= organizations= units= members= letters= parks= buildings=
-- What the services would have made, without events and audit. Checks by trigger and exclusion constraints are left out:
-- they cost most of the time and carry no list.
--
-- Organizations by number: 0 the city, then districts, streets, committees (10 a street), the rest branches: first those of
-- parks (园区: area), then those of buildings (楼宇: joint), then those of single units. 3 of 5 units are covered. Codes begin
-- with the district, so that those of the last stand together at the end.
\set ON_ERROR_STOP on
\set QUIET on
set session_replication_role = replica;
set synchronous_commit = off;
set jit = off;
\set branches_from 1 + :districts + :streets + 10 * :streets
\set branches (:organizations - 1 - :districts - 11 * :streets)

create function pg_temp.id_of(kind int, n bigint) returns uuid language sql immutable parallel safe as $$
    select ('00000000-0000-7' || lpad(kind::text, 3, '0') || '-8000-' || lpad(to_hex(n), 12, '0'))::uuid
$$;
do $$
declare one record;
begin
    for one in select conrelid::regclass as owner, conname from pg_constraint
                where contype = 'x' and connamespace in ('organizations'::regnamespace, 'transfers'::regnamespace) loop
        execute format('alter table %s drop constraint %I', one.owner, one.conname);
    end loop;
end
$$;

create temp table node as
select n, pg_temp.id_of(1, n) as id, 'CITY' || lpad(n::text, 8, '0') as code,
       case when n = 0 then null
            when n <= :districts then 0
            when n <= :districts + :streets then 1 + (n - 1 - :districts) % :districts
            when n < :branches_from then 1 + :districts + (n - 1 - :districts - :streets) % :streets
            else 1 + :districts + :streets + (n - :branches_from) % (10 * :streets) end as superior,
       case when n = 0 then 'working_committee' when n < :branches_from then 'committee' else 'branch' end as kind,
       case when n < :branches_from then null when n < :branches_from + :parks then 'area'
            when n < :branches_from + :parks + :buildings then 'joint' else 'single' end as form
  from generate_series(0, :organizations - 1) n;
alter table node add primary key (n);
analyze node;
create temp table line as
with recursive line (descendant, ancestor, depth) as (
    select n, n, 0 from node
    union all
    select line.descendant, node.superior, line.depth + 1 from line join node on node.n = line.ancestor
     where node.superior is not null)
select pg_temp.id_of(1, descendant) as descendant, pg_temp.id_of(1, ancestor) as ancestor, depth, descendant as n,
       ancestor as ancestor_n
  from line order by descendant, depth;
create temp table territory as
select n, case when depth = 0 then '32' || lpad(ancestor_n::text, 4, '0')
               else '32' || lpad(d.district::text, 4, '0') || lpad(ancestor_n::text, 3, '0') end as code
  from (select line.n, line.ancestor_n, 1 as depth, (line.ancestor_n - 1 - :districts) % :districts + 1 as district
          from line where ancestor_n between :districts + 1 and :districts + :streets
        union all select n, n, 0, null from node where n between 1 and :districts) d;
alter table territory add primary key (n);
create temp table district as
select line.n, lpad(line.ancestor_n::text, 2, '0') as code from line where line.ancestor_n between 1 and :districts;
alter table district add primary key (n);
update node set code = 'CITY' || coalesce((select d.code from district d where d.n = node.n), '00') || substr(code, 5);
analyze node, line, territory, district;

set search_path to organizations, pg_temp;
insert into region (code, name) select distinct code, 'region ' || code from territory;
insert into organization (id, code, name, kind, establish_form, region_code, founded_on, term_ends_on, telephone, version)
select id, node.code, '两新组织 ' || node.code, kind, form, t.code, '2015-07-01',
       date '2025-01-01' + (node.n % 1500)::int, '0513-8100' || node.n, 1
  from node left join territory t using (n);
insert into organization_line (descendant, ancestor, depth) select descendant, ancestor, depth from line;
insert into organization_period (organization_id, since, kind, establish_form, region_code, term_ends_on)
select id, '2020-01-01', kind, establish_form, region_code, term_ends_on from organization where code like 'CITY%';
insert into relation (organization_id, superior_id, kind, scope, since)
select id, pg_temp.id_of(1, superior), 'line', 'write', '2020-01-01' from node where superior is not null;
insert into relation (organization_id, superior_id, kind, scope, since)
select id, pg_temp.id_of(1, 1 + n % :districts), 'dual', 'write', '2020-01-01'
  from node where n between 1 + :districts + :streets and :branches_from - 1 and n % 10 = 0 and superior % :districts <> n % :districts;
insert into organization_reach (descendant, ancestor, writes)
select l.descendant, r.superior_id, true
  from relation r join line l on l.ancestor = r.organization_id where r.kind = 'dual'
   and not exists (select from line above where above.descendant = r.organization_id and above.ancestor = r.superior_id);
insert into approval_power (organization_id, since) select id, '2020-01-01' from node where kind <> 'branch';
insert into unit (id, code, name, kind, region_code, business_state, staff, owner_is_member, organization_id,
                  coverage_form, version)
select pg_temp.id_of(2, u), '91' || d.code || lpad(u::text, 14, '0'), '企业 ' || u, case when u % 5 = 0 then 'social' else 'enterprise' end,
       t.code, case when u % 20 = 0 then 'suspended' else 'operating' end, u % 200, false,
       case when u % 5 < 3 then pg_temp.id_of(1, t.n) end, case when u % 5 < 3 then 'single' end, 1
  from generate_series(1, :units) u join territory t on t.n = :branches_from + u % :branches join district d on d.n = t.n;
insert into unit_period (unit_id, since, region_code, business_state, organization_id, coverage_form)
select id, '2020-01-01', region_code, business_state, organization_id, coverage_form from unit;

insert into person (id, name, sex, ethnicity, born_on, education, identity_sealed, identity_index, telephone_sealed)
select pg_temp.id_of(3, m), (array['王', '李', '张', '刘', '陈', '杨', '黄', '赵', '周', '吴'])[1 + get_byte(decode(md5(m::text), 'hex'), 5) % 10] || left(md5(m::text), 4),
       case when m % 3 = 0 then 'female' else 'male' end, '汉族', date '1960-01-01' + (m % 15000)::int, '大学本科',
       decode(repeat(md5(m::text), 2), 'hex'), decode(md5(m::text), 'hex'), decode(md5(m::text), 'hex')
  from generate_series(1, :members) m;
insert into member (id, person_id, standing, status, joined_on, full_on, organization_id, unit_id, duty, occupation,
                    floating, version)
select pg_temp.id_of(4, m), pg_temp.id_of(3, m), case when m % 50 = 0 then 'probationary' else 'full' end, 'active',
       '2010-07-01', case when m % 50 = 0 then null else date '2011-07-01' end,
       pg_temp.id_of(1, :branches_from + m % :branches), pg_temp.id_of(2, 1 + m % :units), null, '在职', m % 12 = 0, 1
  from generate_series(1, :members) m;
insert into membership (member_id, organization_id, since) select id, organization_id, '2020-01-01' from member;
insert into floating_period (member_id, since) select id, '2020-01-01' from member where floating;
insert into person (id, name, sex, born_on, organization_id)
select pg_temp.id_of(9, p), (array['吴', '徐', '孙', '胡', '朱'])[1 + get_byte(decode(md5(p::text), 'hex'), 5) % 5] || left(md5(p::text), 4), 'female', '1995-05-04',
       pg_temp.id_of(1, :branches_from + p % :branches)
  from generate_series(1, :members / 10) p;
insert into person_post (id, person_id, role, organization_id, since)
select pg_temp.id_of(10, p), pg_temp.id_of(9, p), case when p % 3 = 0 then 'activist' else 'applicant' end,
       pg_temp.id_of(1, :branches_from + p % :branches), '2026-01-05'
  from generate_series(1, :members / 10) p;
insert into account (id, name, person_id, created_at)
select pg_temp.id_of(5, n), 'clerk' || n, pg_temp.id_of(3, n + 1), '2024-01-01' from node where n < :members;
insert into account_post (id, account_id, role, organization_id, since, holder)
select pg_temp.id_of(6, n), pg_temp.id_of(5, n), case when kind = 'branch' then 'branch_secretary' else 'committee_clerk' end,
       id, '2024-01-01', pg_temp.id_of(3, n + 1)
  from node where n < :members;

-- Letters: member n * 7919 (a prime, so that no two open letters are of one) from his branch to a committee elsewhere.
-- Three years of them; of the last fiftieth every state is there.
create temp table letter_plan as
select n, pg_temp.id_of(7, n) as id,
       (n::bigint * 7919) % :members + 1 as m,
       timestamptz '2026-11-21 09:00+08' - (:letters - n) * (interval '1095 days' / :letters) as created_at,
       case when n <= :letters - :letters / 50 then 'closed'
            else (array['submitted', 'agreed', 'issued', 'issued', 'received', 'file_check', 'accepted', 'reported',
                        'receipted', 'returned', 'up_review', 'refused_in'])[1 + n % 12] end as state
  from generate_series(1, :letters) n;
analyze letter_plan;
create temp table letter_sides as
select p.*, b.n as from_branch, b.superior as from_committee,
       1 + :districts + :streets + (b.superior + 1 + p.n % (10 * :streets - 2)) % (10 * :streets) as to_committee
  from letter_plan p join node b on b.n = :branches_from + p.m % :branches;
update letter_sides set to_committee = 1 + :districts + :streets + to_committee % (10 * :streets)
 where to_committee = from_committee;

set search_path to transfers, pg_temp;
insert into organization (id, name, code, kind, superior_id, may_issue_from, version)
select id, '两新组织 ' || code, code, kind, pg_temp.id_of(1, superior), case when kind <> 'branch' then date '2020-01-01' end, 1
  from node;
insert into organization_line (descendant, ancestor, depth) select descendant, ancestor, depth from line;
insert into member (id, person_id, name, standing, status, organization_id, version)
select m.id, m.person_id, p.name, m.standing, m.status, m.organization_id, 1
  from organizations.member m join organizations.person p on p.id = m.person_id;
insert into letter (id, kind, version, state, state_since, member_id, person_id, reason, from_branch_id, from_committee_id,
                    to_committee_id, to_branch_id, dues_paid_to, number_committee_id, number_year, number_serial, issued_on,
                    valid_to, created_at, received_at)
select id, 'within', 6, state, created_at + interval '2 days', pg_temp.id_of(4, m), pg_temp.id_of(3, m), 'work_unit_changed',
       pg_temp.id_of(1, from_branch), pg_temp.id_of(1, from_committee), pg_temp.id_of(1, to_committee),
       case when state in ('closed', 'accepted', 'reported', 'receipted')
            then pg_temp.id_of(1, to_committee + 10 * :streets) end,
       '2026-10', case when numbered then pg_temp.id_of(1, from_committee) end, case when numbered then 2026 end,
       case when numbered then n end, case when numbered then created_at::date end,
       case when numbered then created_at::date + 10 end, created_at, created_at + interval '1 day'
  from (select *, state not in ('submitted', 'agreed', 'returned', 'up_review') as numbered from letter_sides) l;
insert into letter_party (organization_id, letter_id)
select party, id from letter cross join lateral
       (select distinct party from unnest(array[from_branch_id, from_committee_id, to_committee_id, to_branch_id]) party
         where party is not null) p
 order by id, party;
insert into letter_check (letter_id, code)
select id, lpad(translate(upper(to_hex(number_serial)), 'ILOU', 'JKMN'), 13, '0') from letter
 where number_serial is not null;
insert into letter_history (letter_id, version, event, state, at, account_id, role, organization_id)
select l.id, s.version, s.event, s.state, l.created_at + s.after, pg_temp.id_of(5, 1), 'committee_clerk',
       case s.side when 1 then l.from_branch_id when 2 then l.from_committee_id when 3 then l.to_committee_id
                   else l.to_branch_id end
  from letter l cross join (values (1, 'submit', 'submitted', interval '0', 1), (2, 'agree', 'agreed', interval '3 hours', 1),
                                   (3, 'issue', 'issued', interval '1 day', 2), (4, 'receive', 'received', interval '2 days', 3),
                                   (5, 'assign', 'accepted', interval '3 days', 3), (6, 'match_stub', 'closed', interval '5 days', 2))
       as s (version, event, state, after, side)
 where l.state = 'closed' or s.version <= 2
 order by l.created_at + s.after;
insert into inner_move (id, version, state, member_id, from_branch_id, to_branch_id, committee_id, note, created_at,
                        decided_at)
select pg_temp.id_of(8, n), 2, 'moved', pg_temp.id_of(4, m), pg_temp.id_of(1, from_branch),
       pg_temp.id_of(1, :branches_from + (from_branch - :branches_from + 10 * :streets) % :branches),
       pg_temp.id_of(1, from_committee), '', created_at, created_at + interval '2 days'
  from letter_sides where n % 3 = 0;
set search_path to notifications, pg_temp;
insert into organization_line (descendant, ancestor, depth) select descendant, ancestor, depth from line;
insert into message (id, organization_id, role, subject_id, version, event, state, number, at, read_at, kind, purpose)
select pg_temp.id_of(11, 4 * l.n + s.version), pg_temp.id_of(1, case s.side when 1 then from_branch else to_committee end),
       case s.side when 1 then 'sending_branch' else 'receiving_committee' end, l.id, s.version, s.event, s.state, '',
       l.created_at + s.after, case when l.n % 20 > 0 then l.created_at + s.after + interval '1 day' end, 'letter',
       case when s.version = 3 then 'step' else 'inform' end
  from letter_sides l cross join (values (2, 'agree', 'agreed', interval '3 hours', 1),
                                         (3, 'issue', 'issued', interval '1 day', 2)) as s (version, event, state, after, side);
vacuum analyze;
