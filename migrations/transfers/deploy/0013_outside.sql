-- SPDX-License-Identifier: Apache-2.0
-- Deploy transfers:0013_outside to pg
begin;
set local search_path to transfers;

-- Letters to addressees that this city does not hold (转出市外): a name, and the receipt that comes back on paper.
alter table letter alter column to_committee_id drop not null;
alter table letter add column outside_name text check (length(outside_name) between 1 and 200);
alter table letter add column receipt_number text check (length(receipt_number) between 1 and 60);
alter table letter add column receipt_on date;
comment on column letter.outside_name is 'the addressee, where he is outside the city';
comment on column letter.receipt_number is '回执: number on the paper that came back from outside the city';
comment on column letter.receipt_on is 'the day on which the addressee outside the city has received the member';

alter table letter drop constraint letter_kind_check;
alter table letter add constraint letter_kind_check check (kind in ('within', 'correction', 'outward'));
comment on column letter.kind is 'within: 市内转接; correction: 更正信, undoes the transfer of the letter in replaces_id; '
    'outward: 转出市外';
alter table letter add constraint letter_addressee check (
    num_nulls(to_committee_id, outside_name) = 1 and (kind = 'outward') = (outside_name is not null));
alter table letter add constraint letter_receipt_whole check (
    num_nulls(receipt_number, receipt_on) in (0, 2)
    and (receipt_on is not null) = (kind = 'outward' and state = 'closed'));
alter table letter drop constraint letter_branch_on_acceptance;
alter table letter add constraint letter_branch_on_acceptance check (
    to_branch_id is not null or state not in ('accepted', 'reported', 'receipted', 'closed') or kind = 'outward');

\ir ../../shared/grants.sql
commit;
