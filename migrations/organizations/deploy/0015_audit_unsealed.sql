-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0015_audit_unsealed to pg
begin;
set local search_path to organizations;

\ir ../../shared/006_audit_unsealed.sql

insert into table_right (name, rights) values ('audit_unsealed', 'select, delete');

\ir ../../shared/grants.sql

commit;
