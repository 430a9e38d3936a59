-- SPDX-License-Identifier: Apache-2.0
-- What the runtime role (:service) may do in the current schema: all four verbs on a table, unless the list below or the
-- name *_history says less. Stands after the last table of every deploy script; granting again changes
-- nothing. Partitions are reached through their parent only.
grant usage on schema :"service" to :"service";
revoke all on all tables in schema :"service" from :"service";
grant execute on all functions in schema :"service" to :"service";

with special (name, rights) as (values
    ('outbox', 'select, insert, delete'),
    ('feed', 'select, insert'),
    ('feed_epoch', 'select, update'),
    ('cursor', 'select, insert, update'),
    ('seen', 'select, insert, update'),
    ('parked', 'select, insert, update, delete'),
    ('idempotency', 'select, insert, delete'),
    ('audit', 'select, insert')
), owned as (
    select c.relname as name
      from pg_class c
     where c.relnamespace = (:'service')::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition
)
select format('grant %s on %I.%I to %I',
              coalesce(s.rights, case when o.name like '%\_history' then 'select, insert'
                                      else 'select, insert, update, delete' end),
              :'service', o.name, :'service')
  from owned o left join special s using (name)
 order by o.name
\gexec
