-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0011_rights to pg
begin;
set local search_path to organizations;

\ir ../../shared/005_rights.sql

-- What stands here is what the statements do (tests/integration/organizations/test_rights.c).
insert into table_right (name, rights) values
    ('region', 'select, insert, update'),
    ('organization', 'select, insert, update'),
    ('organization_line', 'select, insert, delete'),
    ('organization_reach', 'select, insert, delete'),
    ('organization_scope', 'select'),
    ('organization_period', 'select, insert, update'),
    ('relation', 'select, insert, update'),
    ('relation_kind', 'select'),
    ('approval_power', 'select, insert, update'),
    ('post', 'select, insert, update'),
    ('unit', 'select, insert, update'),
    ('unit_period', 'select, insert, update'),
    ('person', 'select, insert, update'),
    ('person_post', 'select, insert, update'),
    ('member', 'select, insert, update'),
    ('member_status_history', 'select, insert'),
    ('membership', 'select, insert, update'),
    ('floating_period', 'select, insert, update'),
    ('open_letter', 'select, insert, update, delete'),
    ('role', 'select'),
    ('role_permission', 'select'),
    ('account', 'select, insert, update'),
    ('account_post', 'select, insert, update'),
    ('account_token', 'select, insert, update'),
    ('session', 'select, insert, update, delete'),
    ('log_in_failure', 'select, insert, update, delete'),
    ('post_review_history', 'select, insert'),
    ('post_hand_over_history', 'select, insert'),
    ('post_hand_over_work_history', 'select, insert'),
    ('import', 'select, insert, update'),
    ('import_chunk', 'select, insert, delete'),
    ('import_row', 'select, insert, update'),
    ('export', 'select, insert, update'),
    ('file', 'select, insert, update, delete'),
    ('file_chunk', 'select, insert'),
    ('document', 'select, insert, update'),
    ('document_history', 'select, insert'),
    ('record_place', 'select'),
    ('term_summary', 'select, insert, update'),
    ('term_notice_history', 'select, insert');

\ir ../../shared/grants.sql
commit;
