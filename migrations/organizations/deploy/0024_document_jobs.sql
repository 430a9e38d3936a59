-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0024_document_jobs to pg
begin;
set local search_path to organizations;

\ir ../../shared/007_document_jobs.sql

-- Exports so far, with the request (CreateExportRequest) as it is kept from now on: ledger = 1, format = 2, target = 3,
-- reason = 4 of a message.
create function packed_text(field int, t text) returns bytea language sql as $$
    select case when t is null then ''::bytea
                else set_byte('\x00', 0, field * 8 + 2)
                     || case when octet_length(t) < 128 then set_byte('\x00', 0, octet_length(t))
                             else set_byte('\x00', 0, octet_length(t) % 128 + 128)
                                  || set_byte('\x00', 0, octet_length(t) / 128) end
                     || convert_to(t, 'UTF8') end
$$;
insert into document_job (id, kind, account_id, role, organization_id, own_id, request_id, wish, state, done, file_id,
                          problem, created_at, worked_at)
select id, 'export', account_id, role, organization_id, own_id, request_id,
       '\x08' || set_byte('\x00', 0, array_position(array['regions', 'organizations', 'units', 'members'], ledger))
       || '\x10' || set_byte('\x00', 0, array_position(array['xlsx', 'csv'], format))
       || packed_text(3, target_id::text) || packed_text(4, reason),
       state, done, file_id, problem, created_at, worked_at
  from export;
drop table export;
drop function packed_text(int, text);

delete from table_right where name = 'export';
insert into table_right (name, rights) values ('document_job', 'select, insert, update, delete');

\ir ../../shared/grants.sql
commit;
