-- SPDX-License-Identifier: Apache-2.0
-- Deploy transfers:0004_check_codes to pg
begin;
set local search_path to transfers;

-- What is printed on a letter for whoever verifies it. Letters issued before have none.
create table letter_check (
    letter_id uuid primary key references letter (id),
    code text not null unique check (code ~ '^[0-9A-HJKMNP-TV-Z]{13}$')
);
comment on table letter_check is '校验码 of issued letters: 60 random bits and a check character, never changed';

\ir ../../shared/grants.sql
revoke insert, update, delete on workday from :"service";
revoke update, delete on letter_check from :"service";
commit;
