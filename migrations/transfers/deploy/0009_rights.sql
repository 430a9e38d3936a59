-- SPDX-License-Identifier: Apache-2.0
-- Deploy transfers:0009_rights to pg
begin;
set local search_path to transfers;

\ir ../../shared/005_rights.sql

-- What stands here is what the statements do (tests/integration/transfers/test_rights.c).
insert into table_right (name, rights) values
    ('audit_unsealed', 'select, delete'),
    ('organization', 'select, insert, update, delete'),
    ('organization_line', 'select, insert, update, delete'),
    ('member', 'select, insert, update'),
    ('letter', 'select, insert, update'),
    ('letter_party', 'select, insert'),
    ('letter_history', 'select, insert'),
    ('letter_content_history', 'select, insert'),
    ('letter_counter', 'select, insert, update'),
    ('letter_clock', 'select, insert'),
    ('letter_check', 'select, insert'),
    ('inner_move', 'select, insert, update'),
    ('workday', 'select'),
    ('paper_copy', 'select, insert'),
    ('paper_batch', 'select, insert, update'),
    ('proof_key', 'select, insert'),
    ('file', 'select, insert, update, delete'),
    ('file_chunk', 'select, insert');

\ir ../../shared/grants.sql
commit;
