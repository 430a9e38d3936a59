-- SPDX-License-Identifier: Apache-2.0
-- Deploy notifications:0006_rights to pg
begin;
set local search_path to notifications;

\ir ../../shared/005_rights.sql

-- What stands here is what the statements do (tests/integration/rights).
insert into table_right (name, rights) values
    ('audit_unsealed', 'select, delete'),
    ('organization', 'select, insert, update, delete'),
    ('organization_line', 'select, insert, update, delete'),
    ('member', 'select, insert, update'),
    ('message', 'select, insert, update');

\ir ../../shared/grants.sql
commit;
