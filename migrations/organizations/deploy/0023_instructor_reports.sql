-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0023_instructor_reports to pg
begin;
set local search_path to organizations;

-- Half-year reports (半年报告). Text and state; what was done to one stands in instructor_history.
create table instructor_report (
    id uuid primary key,
    instructor_id uuid not null references instructor,
    year int not null,
    half int not null check (half in (1, 2)),
    state text not null check (state in ('draft', 'submitted', 'returned')),
    content text not null check (content <> ''),
    return_reason text,
    submitted_on date,
    version bigint not null check (version > 0),
    unique (instructor_id, year, half),
    check ((state = 'submitted') = (submitted_on is not null))
);

-- The sending unit's grade of a year (年度考核): the last row counts. Insert-only.
create table instructor_grade_history (
    id uuid primary key,
    instructor_id uuid not null references instructor,
    year int not null,
    grade text not null check (grade in ('excellent', 'competent', 'basically', 'incompetent')),
    note text,
    sending_unit text not null,                      -- whose grade it is
    at timestamptz not null,
    account_id uuid not null,
    role text not null,
    organization_id uuid not null
);
create index instructor_grade_history_year on instructor_grade_history (instructor_id, year, id);

insert into table_right (name, rights) values
    ('instructor_report', 'select, insert, update'),
    ('instructor_grade_history', 'select, insert');

\ir ../../shared/grants.sql
commit;
