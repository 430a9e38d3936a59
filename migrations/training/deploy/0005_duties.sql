-- SPDX-License-Identifier: Apache-2.0
-- Deploy training:0005_duties to pg
begin;
set local search_path to training;

create table duty_period (
    member_id uuid not null,
    kind text not null check (kind in ('committee_member', 'secretary')),
    since date not null,
    until date check (until >= since),
    primary key (member_id, since)
);
create unique index duty_period_now on duty_period (member_id) where until is null;
comment on table duty_period is 'When a member was 书记 or 班子成员: he owes other class hours in these days';
comment on column duty_period.since is '0001-01-01: told with the first load';
comment on column duty_period.until is 'The first day without it; null: has it now';

\ir ../../shared/grants.sql
commit;
