-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0014_imports to pg
begin;
set local search_path to organizations;

-- Files of imports are files of the store by now. An import whose file was kept here is over: it is uploaded anew.
update import
   set state = 'failed', problem = 'import-over', version = version + 1
 where state in ('queued', 'validating', 'validated', 'committing');
drop table import_chunk;
alter table import
    add column file_id uuid,                         -- of the store; it goes before the import does
    add column sheet text,                           -- of a workbook; null: the first that is not hidden
    add column mapping jsonb,                        -- [{"heading": ..., "column": ...}], as it was when it came
    add column headings jsonb,                       -- [{"heading": ..., "column": ...}] of the file; no column: unknown
    add column hidden bigint not null default 0,
    add column written_at timestamptz,               -- when the last row was written
    add column undo_done bigint not null default 0,  -- rows looked at from the end
    add column undone bigint not null default 0,
    add column kept bigint not null default 0,
    add column bases_tries int not null default 0,   -- since dues last took some
    add column annotated_file uuid,                  -- the file with what became of its rows
    add column annotated_state text,                 -- in which state it was made
    drop constraint import_state_check,
    add constraint import_state_check
        check (state in ('queued', 'validating', 'validated', 'committing', 'succeeded', 'failed', 'cancelled',
                         'undoing', 'undone'));
drop index import_work;
create index import_work on import (worked_at) where state in ('queued', 'validating', 'committing', 'undoing');

alter table import_row
    add column entity_version bigint,                -- of what the row wrote
    add column former bytea,                         -- its cells as they were, sealed; null: it is new
    add column person_id uuid,                       -- who was made with it
    add column undo text check (undo in ('undone', 'kept')),
    add column kept_code text check ((kept_code is not null) = (undo is not distinct from 'kept'));
create index import_row_undo on import_row (import_id, undo, row) where undo is not null;

-- What people have said of headings, for the next file of the same ledger.
create table import_heading (
    organization_id uuid not null references organization on delete cascade,
    ledger text not null,
    heading text not null,
    column_name text not null,                       -- empty: passed over
    account_id uuid not null references account,
    at timestamptz not null,
    primary key (organization_id, ledger, heading)
);

-- Removes what rows of an import have created and nothing else refers to; answers the rows whose thing is gone. The
-- service itself may delete none of these: only what an import that is being undone has made, and only through here.
create function undo_created(p_import uuid, p_rows bigint[], p_keys text[]) returns setof bigint
language plpgsql security definer set search_path = organizations as $$
declare
    r record;
    ledger_name text;
begin
    select i.ledger into strict ledger_name from import i where i.id = p_import and i.state = 'undoing';
    for r in select w.row, w.key, i.entity_id, i.person_id
               from unnest(p_rows, p_keys) with ordinality as w (row, key, n)
               join import_row i on i.import_id = p_import and i.row = w.row and i.outcome = 'created'
                                 and i.entity_version is not null and i.undo is null
              order by w.n
    loop
        -- Papers name their record without a foreign key.
        continue when exists (select from document d where d.record_id in (r.entity_id, r.person_id));
        begin
            if ledger_name = 'members' then
                delete from membership where member_id = r.entity_id and letter_id is null;
                delete from member where id = r.entity_id;
            elsif ledger_name = 'units' then
                delete from unit where id = r.entity_id;
            elsif ledger_name = 'organizations' then
                delete from organization_line where descendant = r.entity_id;
                delete from relation where organization_id = r.entity_id;
                delete from approval_power where organization_id = r.entity_id;
                delete from post where organization_id = r.entity_id;
                delete from organization where id = r.entity_id;
            else
                delete from region where code = r.key;
            end if;
            delete from person where id = r.person_id;
            return next r.row;
        exception when foreign_key_violation or restrict_violation then
            null;
        end;
    end loop;
end $$;
revoke all on function undo_created(uuid, bigint[], text[]) from public;

delete from table_right where name = 'import_chunk';
insert into table_right (name, rights) values ('import_heading', 'select, insert, update');

\ir ../../shared/grants.sql
commit;
