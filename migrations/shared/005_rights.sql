-- SPDX-License-Identifier: Apache-2.0
-- What the runtime role may do on which table, once, as data: grants.sql reads it, so that a change says the rights of its
-- own tables and of nothing else. Included with search_path set to the service's schema. Never edited once released.
create table table_right (
    name text primary key,
    rights text not null                             -- 'select, insert'; '': none
);
insert into table_right (name, rights) values
    ('table_right', ''),
    ('system_kind', 'select'),                       -- decided when the database is made
    ('outbox', 'select, insert, delete'),
    ('feed', 'select, insert'),
    ('feed_epoch', 'select, update'),
    ('cursor', 'select, insert, update'),
    ('seen', 'select, insert, update'),
    ('parked', 'select, insert, delete'),
    ('idempotency', 'select, insert, delete'),
    ('audit', 'select, insert'),
    ('audit_seal_history', 'select, insert');
