-- SPDX-License-Identifier: Apache-2.0
-- Deploy training:0006_rights to pg
begin;
set local search_path to training;

\ir ../../shared/005_rights.sql

-- What stands here is what the statements do (tests/integration/rights).
insert into table_right (name, rights) values
    ('audit_unsealed', 'select, delete'),
    ('organization', 'select, insert, update, delete'),
    ('organization_line', 'select, insert, update, delete'),
    ('member', 'select, insert, update'),
    ('hour_rule', 'select'),
    ('hour_record', 'select'),
    ('duty_period', 'select, insert, update');

\ir ../../shared/grants.sql
commit;
