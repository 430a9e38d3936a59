-- SPDX-License-Identifier: Apache-2.0
-- Deploy notifications:0004_audit_unsealed to pg
begin;
set local search_path to notifications;

\ir ../../shared/006_audit_unsealed.sql

\ir ../../shared/grants.sql

commit;
