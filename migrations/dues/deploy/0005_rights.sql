-- SPDX-License-Identifier: Apache-2.0
-- Deploy dues:0005_rights to pg
begin;
set local search_path to dues;

\ir ../../shared/005_rights.sql

-- What stands here is what the statements do (tests/integration/rights).
insert into table_right (name, rights) values
    ('audit_unsealed', 'select, delete'),
    ('organization', 'select, insert, update, delete'),
    ('organization_line', 'select, insert, update, delete'),
    ('member', 'select, insert, update'),
    ('payer', 'select, insert, update'),
    ('base', 'select, insert, update'),
    ('base_history', 'select, insert'),
    ('rate_rule', 'select'),
    ('rate_band', 'select');

\ir ../../shared/grants.sql
commit;
