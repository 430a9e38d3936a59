-- SPDX-License-Identifier: Apache-2.0
-- Verify transfers:0002_clocks on pg
set search_path to transfers;

select letter_id, clock, began, at from letter_clock where false;
select received_at from letter where false;
select 'letter_waiting'::regclass, 'letter_receipt'::regclass;
select count(*) > 0 and not has_table_privilege(:'service', 'transfers.workday', 'insert') as calendar_is_there
  from workday where day = date '2026-10-01' and not works \gset
\if :calendar_is_there
\else
    do $$ begin raise exception 'the calendar is missing or may be changed'; end $$;
\endif
