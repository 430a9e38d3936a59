-- SPDX-License-Identifier: Apache-2.0
-- Verify organizations:0024_document_jobs on pg
set search_path to organizations;

select id, kind, account_id, role, organization_id, own_id, request_id, wish, state, tries, worker, total, done, file_id,
       problem, created_at, worked_at
  from document_job where false;
select to_regclass('organizations.export') is null as moved \gset
\if :moved
\else
    do $$ begin raise exception 'exports stand in two tables'; end $$;
\endif
