-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0026_coverage_recount to pg
begin;
set local search_path to organizations;

-- The nightly recount of what the coverages count: how far it is on a day, and what it found.
create table coverage_recount (
    day date primary key,
    phase text not null check (phase in ('units', 'organizations', 'done')),
    after uuid,                                      -- counted up to here; null: from the beginning
    read bigint not null check (read >= 0),
    differing bigint not null check (differing >= 0)
);
-- Figures that were kept wrongly: as they were kept, as they were counted. Insert-only; the recount has them counted anew.
create table coverage_difference_history (
    day date not null references coverage_recount,
    unit_id uuid,
    organization_id uuid,
    kept jsonb,                                      -- null: not kept at all
    counted jsonb,                                   -- null: it is no more
    check ((unit_id is null) <> (organization_id is null))
);
create index coverage_difference_history_day on coverage_difference_history (day);

update table_right set rights = 'select, insert, delete'
 where name in ('coverage_unit_change', 'coverage_organization_change');
insert into table_right (name, rights) values
    ('coverage_recount', 'select, insert, update'),
    ('coverage_difference_history', 'insert');

\ir ../../shared/grants.sql
commit;
