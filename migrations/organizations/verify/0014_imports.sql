-- SPDX-License-Identifier: Apache-2.0
-- Verify organizations:0014_imports on pg
set search_path to organizations;

select file_id, sheet, mapping, headings, hidden, written_at, undo_done, undone, kept, bases_tries, annotated_file,
       annotated_state from import where false;
select entity_version, former, person_id, undo, kept_code from import_row where false;
select organization_id, ledger, heading, column_name, account_id, at from import_heading where false;
select has_function_privilege(:'service', 'organizations.undo_created(uuid, bigint[], text[])', 'execute')
       and not has_table_privilege(:'service', 'organizations.member', 'delete')
       as rights_are_narrow \gset
\if :rights_are_narrow
\else
    do $$ begin raise exception 'the runtime role may do more than it should'; end $$;
\endif
