-- SPDX-License-Identifier: Apache-2.0
-- Verify notifications:0003_messages on pg
set search_path to notifications;

select id, organization_id, account_id, role, kind, purpose, subject_id, version, event, state, number, at, read_at
  from message where false;
select count(*) = 3 as lists_have_indexes from pg_indexes
 where schemaname = 'notifications'
   and indexname in ('message_account', 'message_account_unread', 'message_informed') \gset
\if :lists_have_indexes
\else
    do $$ begin raise exception 'a list of messages has no index'; end $$;
\endif
