-- SPDX-License-Identifier: Apache-2.0
-- Deploy transfers:0005_audit_seal to pg
begin;
set local search_path to transfers;

\ir ../../shared/004_audit_seal.sql

\ir ../../shared/grants.sql
revoke insert, update, delete on workday from :"service";
revoke update, delete on letter_check from :"service";
commit;
