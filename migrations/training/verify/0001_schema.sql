-- SPDX-License-Identifier: Apache-2.0
-- Verify training:0001_schema on pg
set search_path to training;

select id, aggregate, aggregate_id, version, type, payload, at from outbox where false;
select epoch, head from feed_epoch where only_row;
select has_table_privilege(:'service', 'training.feed', 'insert') and not has_table_privilege(:'service', 'training.feed', 'delete')
       as feed_is_insert_only \gset
\if :feed_is_insert_only
\else
    do $$ begin raise exception 'the runtime role may change the feed'; end $$;
\endif
