-- SPDX-License-Identifier: Apache-2.0
-- Deploy transfers:0010_corrections to pg
begin;
set local search_path to transfers;

alter table letter add column kind text not null default 'within' check (kind in ('within', 'correction'));
alter table letter alter column kind drop default;
comment on column letter.kind is 'within: 市内转接; correction: 更正信, undoes the transfer of the letter in replaces_id';
alter table letter add column approver_id uuid;
comment on column letter.approver_id is 'the account that approved a correction first; it takes another one to end it';
comment on column letter.replaces_id is 'the letter this one re-issues (补开), appeals against (申诉) or undoes (更正)';
alter table letter add constraint letter_correction_names check (kind <> 'correction' or replaces_id is not null);

\ir ../../shared/grants.sql
commit;
