-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0013_own_data to pg
begin;
set local search_path to organizations;

-- How far a post of the role reaches (数据范围). Data, as permissions are; narrower than 'line' means that nothing is
-- found by the post's organization.
alter table role
    add column reach text not null default 'line'
        check (reach in ('line',                     -- its organization and what relations put below it
                         'units',                    -- the units it refers to (post_unit)
                         'person')),                 -- the person of its account
    add column units_most bigint check (units_most > 0);  -- units one post may refer to; null: any number
update role set reach = 'units' where name in ('instructor', 'unit_contact');
update role set units_most = 1 where name = 'unit_contact';
update role set reach = 'person' where name = 'member';

-- The units a post refers to (联系单位): an instructor's, a unit contact's own one. A deputy has his principal's.
create table post_unit (
    post_id uuid not null references account_post,
    unit_id uuid not null references unit,
    since date not null,
    until date check (until >= since),               -- the first day without it
    exclude using gist (post_id with =, unit_id with =, daterange(since, until) with &&)
);
create unique index post_unit_now on post_unit (post_id, unit_id) where until is null;
create index post_unit_unit on post_unit (unit_id);

-- What an export is found by where its owner's post reaches less than a line.
alter table export add column own_id uuid;

-- An instructor finds organizations in the directory.
delete from role_permission where role = 'instructor' and permission = 'organization.read';
insert into role_permission (role, permission)
select r.role, p.permission
  from (values
    ('unit_contact', 'unit.read'),
    ('member', 'member.read letter.read letter.draft dues.read training.read')) as r (role, permissions)
 cross join lateral regexp_split_to_table(r.permissions, ' +') as p (permission);

insert into table_right (name, rights) values
    ('post_unit', 'select, insert, update');

\ir ../../shared/grants.sql
commit;
