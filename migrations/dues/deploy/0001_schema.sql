-- SPDX-License-Identifier: Apache-2.0
-- Deploy dues:0001_schema to pg
begin;
set local search_path to dues;

\ir ../../shared/001_runtime.sql
\ir ../../shared/002_directory.sql

-- What decides the rule. The codes are those of services/dues/category.h.
create domain category as text check (value in ('wage', 'self_employed', 'retired', 'farmer', 'student', 'unemployed',
                                                'relief', 'subsistence'));
comment on domain category is '缴费类别: what a member lives on, which decides the rule';
-- The first day of a month stands for the month.
create domain month as date check (extract(day from value) = 1);

create table payer (
    member_id uuid primary key,
    version bigint not null check (version >= 0)
);
comment on table payer is 'A member who has a base; the lock under which the member''s bases change';
comment on column payer.member_id is 'May be here before the directory knows the member: the feed lags behind the import';
comment on column payer.version is 'Counts the changes of the member''s bases; 0: none yet';

create table base (
    member_id uuid not null references payer,
    from_month month not null,
    base_fen bigint not null check (base_fen >= 0),
    category category,
    primary key (member_id, from_month)
);
comment on table base is '党费计算基数: holds from its month until the next one';
comment on column base.base_fen is 'In fen; after-tax regular wage, average net income of the last quarter, or pension';
comment on column base.category is 'Null: the ledger''s occupation decides no rule';

create table base_history (
    member_id uuid not null,
    version bigint not null,
    from_month month not null,
    base_fen bigint not null,
    category category,
    at timestamptz not null,
    caller text not null,
    request_id uuid not null,
    primary key (member_id, version, at)
) partition by range (at);
create table base_history_other partition of base_history default;
comment on table base_history is 'Every base ever recorded. Insert-only; the default partition catches what no month holds';
comment on column base_history.caller is 'Process that recorded it, by its key';

select extend_partitions(date '2027-12-31');

create table rate_rule (
    category category not null,
    effective_on date not null,
    unit_fen bigint not null check (unit_fen in (1, 10, 100)),
    ceiling_fen bigint check (ceiling_fen > 0),
    least_fen bigint,
    most_fen bigint,
    article text not null,
    primary key (category, effective_on),
    check ((least_fen is null) = (most_fen is null)),
    check (least_fen > 0 and least_fen <= most_fen)
);
comment on table rate_rule is 'How a category''s monthly dues are found, from a day on. With bands (rate_band) or between least and most';
comment on column rate_rule.unit_fen is 'Dues are rounded half up to it';
comment on column rate_rule.ceiling_fen is 'A month''s dues are normally not above it; null: none';
comment on column rate_rule.least_fen is 'Dues that do not look at the base; where least = most there is nothing to declare';
comment on column rate_rule.article is 'Where the rule stands';

create table rate_band (
    category category not null,
    effective_on date not null,
    from_fen bigint not null check (from_fen >= 0),
    basis_points int not null check (basis_points between 0 and 10000),
    primary key (category, effective_on, from_fen),
    foreign key (category, effective_on) references rate_rule
);
comment on table rate_band is 'From this base on, up to the next band, the whole base is charged at this rate (全额)';
comment on column rate_band.from_fen is 'The first base of the band: "over 3000 yuan" begins at 300001';
comment on column rate_band.basis_points is '1/100 of a percent: 0.5 % is 50';

insert into rate_rule (category, effective_on, unit_fen, ceiling_fen, least_fen, most_fen, article) values
    ('wage', '2017-01-01', 1, 100000, null, null, '中组发〔2008〕3号 第一、二条；组电明字〔2017〕5号'),
    ('self_employed', '2017-01-01', 1, 100000, null, null, '中组发〔2008〕3号 第四条；组电明字〔2017〕5号'),
    ('retired', '2017-01-01', 1, 100000, null, null, '中组发〔2008〕3号 第五条；组电明字〔2017〕5号'),
    ('farmer', '2008-04-01', 1, null, 20, 100, '中组发〔2008〕3号 第六条'),
    ('student', '2008-04-01', 1, null, 20, 20, '中组发〔2008〕3号 第六条'),
    ('unemployed', '2008-04-01', 1, null, 20, 20, '中组发〔2008〕3号 第六条'),
    ('relief', '2008-04-01', 1, null, 20, 20, '中组发〔2008〕3号 第六条'),
    ('subsistence', '2008-04-01', 1, null, 20, 20, '中组发〔2008〕3号 第六条');
insert into rate_band (category, effective_on, from_fen, basis_points)
select category, '2017-01-01', from_fen, basis_points
  from (values ('wage'), ('self_employed')) c (category),
       (values (0, 50), (300001, 100), (500001, 150), (1000001, 200)) b (from_fen, basis_points)
union all values
    ('retired', date '2017-01-01', 0, 50), ('retired', date '2017-01-01', 500001, 100);

\ir ../../shared/grants.sql
commit;
