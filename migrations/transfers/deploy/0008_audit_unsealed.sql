-- SPDX-License-Identifier: Apache-2.0
-- Deploy transfers:0008_audit_unsealed to pg
begin;
set local search_path to transfers;

\ir ../../shared/006_audit_unsealed.sql

\ir ../../shared/grants.sql

commit;
