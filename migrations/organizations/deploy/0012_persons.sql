-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0012_persons to pg
begin;
set local search_path to organizations;

-- Persons who are not members are listed by name; two million members stand in the same table.
create index person_kept_name on person (name, id) where organization_id is not null;

-- What was done to a person's record: which fields, never their values. Insert-only.
create table person_history (
    person_id uuid not null references person,
    version bigint not null,                         -- of the person, after it
    at timestamptz not null,
    account_id uuid not null,
    role text not null,                              -- acting as
    organization_id uuid not null,                   -- acting for
    what text not null,
    primary key (person_id, version)
);

insert into role_permission (role, permission)
select role, 'person.reveal' from role_permission where permission = 'member.reveal';

insert into table_right (name, rights) values ('person_history', 'select, insert');

\ir ../../shared/grants.sql
commit;
