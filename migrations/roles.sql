-- SPDX-License-Identifier: Apache-2.0
-- Two roles and a schema per service, made by the superuser in database liangxin. Safe to run again.
--   <service>_owner  owns the schema, runs the migrations, and nothing else
--   <service>        runs the service: the DML that shared/grants.sql gives it, in its own schema
-- Passwords are set apart from this file; without one a role cannot log in over TCP.
-- An owner may create in the database because sqitch makes its registry schema <service>_sqitch itself.
revoke all on database liangxin from public;
revoke all on schema public from public;
-- exclusion constraints over a key and a range of time
create extension if not exists btree_gist schema public;

do $$
declare
    service text;
    owner text;
begin
    foreach service in array array['organizations', 'transfers', 'dues', 'training', 'notifications'] loop
        owner := service || '_owner';
        if to_regrole(owner) is null then
            execute format('create role %I', owner);
        end if;
        if to_regrole(service) is null then
            execute format('create role %I', service);
        end if;
        execute format('alter role %I login nosuperuser nocreatedb nocreaterole noinherit noreplication', owner);
        execute format('alter role %I login nosuperuser nocreatedb nocreaterole noinherit noreplication', service);
        execute format('grant connect, create on database liangxin to %I', owner);
        execute format('grant connect on database liangxin to %I', service);

        execute format('create schema if not exists %I authorization %I', service, owner);
        execute format('alter role %I set search_path = %I', owner, service);
        execute format('alter role %I set search_path = %I', service, service);
        execute format('alter role %I set lock_timeout = ''10s''', owner);
        execute format('alter role %I set statement_timeout = ''30s''', service);
        execute format('alter role %I set lock_timeout = ''2s''', service);
        -- totals of the city group two million rows: in memory, not on disk
        execute format('alter role %I set work_mem = ''32MB''', service);
        execute format('alter role %I set idle_in_transaction_session_timeout = ''60s''', service);
        -- functions are open to everybody unless this is said
        execute format('alter default privileges for role %I revoke execute on functions from public', owner);
    end loop;
end
$$;
