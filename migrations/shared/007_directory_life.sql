-- SPDX-License-Identifier: Apache-2.0
-- The directory knows which organizations are dissolved (撤销, 合并): their history stays readable, nothing new goes there.

alter table organization
    add column dissolved_on date,                    -- the first day without it; null: it stands
    add column successor_id uuid;                    -- into which it was merged (合并)
