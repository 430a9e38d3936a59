-- SPDX-License-Identifier: Apache-2.0
-- Verify transfers:0012_document_jobs on pg
set search_path to transfers;

select id, kind, account_id, role, organization_id, own_id, request_id, wish, state, tries, worker, total, done, file_id,
       problem, created_at, worked_at
  from document_job where false;
select to_regclass('transfers.paper_batch') is null as moved \gset
\if :moved
\else
    do $$ begin raise exception 'batches stand in two tables'; end $$;
\endif
