-- SPDX-License-Identifier: Apache-2.0
-- Verify notifications:0001_schema on pg
set search_path to notifications;

select id, aggregate, aggregate_id, version, type, payload, at from outbox where false;
select epoch, head from feed_epoch where only_row;
select has_table_privilege(:'service', 'notifications.feed', 'insert') and not has_table_privilege(:'service', 'notifications.feed', 'delete')
       as feed_is_insert_only \gset
\if :feed_is_insert_only
\else
    do $$ begin raise exception 'the runtime role may change the feed'; end $$;
\endif

select id, organization_id, role, version, event, state, number, at, read_at from message where false;
select count(*) = 2 as lists_have_indexes from pg_indexes
 where schemaname = 'notifications' and indexname in ('message_organization', 'message_unread') \gset
\if :lists_have_indexes
\else
    do $$ begin raise exception 'a list of messages has no index'; end $$;
\endif
