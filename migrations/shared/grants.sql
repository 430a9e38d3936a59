-- SPDX-License-Identifier: Apache-2.0
-- What the runtime role (:service) may do in the current schema. Stands after the last table of every deploy script, and
-- behind what that says of its tables in table_right (005_rights.sql); granting again changes nothing. A table of which
-- nothing is said, and every table before there was table_right: all four verbs, unless the list below or the name
-- *_history says less; a test finds those that are not said. Partitions are reached through their parent only.
grant usage on schema :"service" to :"service";
revoke all on all tables in schema :"service" from :"service";
grant execute on all functions in schema :"service" to :"service";

select to_regclass(:'service' || '.table_right') is not null as rights_are_said \gset
\if :rights_are_said
\set said 'select name, rights from table_right'
\else
\set said 'values (''outbox'', ''select, insert, delete''), (''feed'', ''select, insert''), (''feed_epoch'', ''select, update''), (''cursor'', ''select, insert, update''), (''seen'', ''select, insert, update''), (''parked'', ''select, insert, update, delete''), (''idempotency'', ''select, insert, delete''), (''audit'', ''select, insert''), (''audit_unsealed'', ''select, delete'')'
\endif

with said (name, rights) as (:said), owned as (
    select c.relname as name
      from pg_class c
     where c.relnamespace = (:'service')::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition
)
select format('grant %s on %I.%I to %I',
              coalesce(s.rights, case when o.name like '%\_history' then 'select, insert'
                                      else 'select, insert, update, delete' end),
              :'service', o.name, :'service')
  from owned o left join said s using (name)
 where s.rights is distinct from ''
 order by o.name
\gexec
