-- SPDX-License-Identifier: Apache-2.0
-- Deploy training:0001_schema to pg
begin;
set local search_path to training;

\ir ../../shared/001_runtime.sql
\ir ../../shared/002_directory.sql

create table hour_rule (
    kind text not null check (kind in ('member', 'committee_member', 'secretary')),
    effective_on date not null,
    required_tenths bigint not null check (required_tenths > 0),
    day_most_tenths bigint check (day_most_tenths > 0),
    article text not null,
    primary key (kind, effective_on)
);
comment on table hour_rule is 'Class hours (学时) a year asks of whom, from a day on; hours in tenths';
comment on column hour_rule.kind is 'As in services/training/obligation.h: 党员, 班子成员, 书记';
comment on column hour_rule.day_most_tenths is 'Hours of one day that count; null: all';
comment on column hour_rule.article is 'Where the rule stands';

insert into hour_rule (kind, effective_on, required_tenths, day_most_tenths, article) values
    ('member', '2019-01-01', 320, 80, '《中国共产党党员教育管理工作条例》第二十条'),
    ('committee_member', '2019-01-01', 560, 80, '《2019—2023年全国党员教育培训工作规划》'),
    ('secretary', '2019-01-01', 560, 80, '《2019—2023年全国党员教育培训工作规划》');

create table hour_record (
    id uuid not null,
    member_id uuid not null,
    held_on date not null,
    organization_id uuid not null,
    recorded_tenths bigint not null check (recorded_tenths between 0 and 240),
    planned_tenths bigint not null check (planned_tenths between 0 and 240),
    at timestamptz not null,
    primary key (id, held_on)
) partition by range (held_on);
create table hour_record_other partition of hour_record default;
create index hour_record_member on hour_record (member_id, held_on);
comment on table hour_record is 'Hours of one member at one event of one day';
comment on column hour_record.organization_id is 'Who held it; floating members may earn hours where they are';
comment on column hour_record.recorded_tenths is 'As the register says';
comment on column hour_record.planned_tenths is 'As the event had planned; no more than this counts';
comment on column hour_record.at is 'When it was recorded';

select extend_partitions(date '2027-12-31');

\ir ../../shared/grants.sql
commit;
