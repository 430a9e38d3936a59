-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0017_ends to pg
begin;
set local search_path to organizations;

-- Ends are told from now on: what was over before is not.
update import set told = 1 where state in ('succeeded', 'failed', 'cancelled', 'undone');
update account_post set end_told = true
 where not end_told and until <= (current_timestamp at time zone 'Asia/Shanghai')::date;
create index import_untold on import (worked_at) where told = 0 and state in ('succeeded', 'failed');

\ir ../../shared/grants.sql
commit;
