-- SPDX-License-Identifier: Apache-2.0
-- Verify transfers:0007_paper on pg
set search_path to transfers;

select id, state, done, file_id from paper_batch where false;
select letter_id, kind, copy, version, batch_id from paper_copy where false;
select id, public_key, since from proof_key where false;
select file_id, no from file_chunk where false;
