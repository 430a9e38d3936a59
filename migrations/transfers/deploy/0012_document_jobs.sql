-- SPDX-License-Identifier: Apache-2.0
-- Deploy transfers:0012_document_jobs to pg
begin;
set local search_path to transfers;

\ir ../../shared/007_document_jobs.sql

-- Batches so far, with the request (CreatePaperBatchRequest, kind = 1) as it is kept from now on.
insert into document_job (id, kind, account_id, role, organization_id, request_id, wish, state, total, done, file_id,
                          problem, created_at, worked_at)
select id, 'paper_batch', account_id, role, organization_id, request_id,
       '\x08' || set_byte('\x00', 0, array_position(array['letter', 'receipt', 'certificate'], kind)),
       state, nullif(total, 0), done, file_id, problem, created_at, worked_at
  from paper_batch;
-- Sheets stay, also when nobody knows the batch any more.
alter table paper_copy drop constraint paper_copy_batch_id_fkey;
drop table paper_batch;

delete from table_right where name = 'paper_batch';
insert into table_right (name, rights) values ('document_job', 'select, insert, update, delete');

\ir ../../shared/grants.sql
commit;
