-- SPDX-License-Identifier: Apache-2.0
-- Deploy transfers:0002_clocks to pg
begin;
set local search_path to transfers;

-- Days that are not what their weekday says, from the State Council's yearly notices. A year without a row here is
-- counted by its weeks alone, and due days that fall into it are provisional.
create table workday (
    day date primary key,
    works boolean not null,               -- false: 放假; true: 调休上班
    name text not null
);
comment on table workday is '节假日和调休工作日: exceptions to the week';
insert into workday (day, works, name) values
    ('2025-01-01', false, '元旦'),
    ('2025-01-26', true, '调休上班'),
    ('2025-01-28', false, '春节'),
    ('2025-01-29', false, '春节'),
    ('2025-01-30', false, '春节'),
    ('2025-01-31', false, '春节'),
    ('2025-02-01', false, '春节'),
    ('2025-02-02', false, '春节'),
    ('2025-02-03', false, '春节'),
    ('2025-02-04', false, '春节'),
    ('2025-02-08', true, '调休上班'),
    ('2025-04-04', false, '清明节'),
    ('2025-04-05', false, '清明节'),
    ('2025-04-06', false, '清明节'),
    ('2025-04-27', true, '调休上班'),
    ('2025-05-01', false, '劳动节'),
    ('2025-05-02', false, '劳动节'),
    ('2025-05-03', false, '劳动节'),
    ('2025-05-04', false, '劳动节'),
    ('2025-05-05', false, '劳动节'),
    ('2025-05-31', false, '端午节'),
    ('2025-06-01', false, '端午节'),
    ('2025-06-02', false, '端午节'),
    ('2025-09-28', true, '调休上班'),
    ('2025-10-01', false, '国庆节、中秋节'),
    ('2025-10-02', false, '国庆节、中秋节'),
    ('2025-10-03', false, '国庆节、中秋节'),
    ('2025-10-04', false, '国庆节、中秋节'),
    ('2025-10-05', false, '国庆节、中秋节'),
    ('2025-10-06', false, '国庆节、中秋节'),
    ('2025-10-07', false, '国庆节、中秋节'),
    ('2025-10-08', false, '国庆节、中秋节'),
    ('2025-10-11', true, '调休上班'),
    ('2026-01-01', false, '元旦'),
    ('2026-01-02', false, '元旦'),
    ('2026-01-03', false, '元旦'),
    ('2026-01-04', true, '调休上班'),
    ('2026-02-14', true, '调休上班'),
    ('2026-02-15', false, '春节'),
    ('2026-02-16', false, '春节'),
    ('2026-02-17', false, '春节'),
    ('2026-02-18', false, '春节'),
    ('2026-02-19', false, '春节'),
    ('2026-02-20', false, '春节'),
    ('2026-02-21', false, '春节'),
    ('2026-02-22', false, '春节'),
    ('2026-02-23', false, '春节'),
    ('2026-02-28', true, '调休上班'),
    ('2026-04-04', false, '清明节'),
    ('2026-04-05', false, '清明节'),
    ('2026-04-06', false, '清明节'),
    ('2026-05-01', false, '劳动节'),
    ('2026-05-02', false, '劳动节'),
    ('2026-05-03', false, '劳动节'),
    ('2026-05-04', false, '劳动节'),
    ('2026-05-05', false, '劳动节'),
    ('2026-05-09', true, '调休上班'),
    ('2026-06-19', false, '端午节'),
    ('2026-06-20', false, '端午节'),
    ('2026-06-21', false, '端午节'),
    ('2026-09-20', true, '调休上班'),
    ('2026-09-25', false, '中秋节'),
    ('2026-09-26', false, '中秋节'),
    ('2026-09-27', false, '中秋节'),
    ('2026-10-01', false, '国庆节'),
    ('2026-10-02', false, '国庆节'),
    ('2026-10-03', false, '国庆节'),
    ('2026-10-04', false, '国庆节'),
    ('2026-10-05', false, '国庆节'),
    ('2026-10-06', false, '国庆节'),
    ('2026-10-07', false, '国庆节'),
    ('2026-10-10', true, '调休上班');

alter table letter add column received_at timestamptz;
comment on column letter.received_at is 'when the committee received it; the receipt (回执) is due within a month';
update letter l set received_at = (select max(at) from letter_history h where h.letter_id = l.id and h.event = 'receive')
 where state in ('received', 'file_check', 'accepted', 'reported', 'receipted', 'closed', 'refused_in');

-- What a clock (services/transfers/letter_clock.c) has done: once for each time that a letter began to wait.
create table letter_clock (
    letter_id uuid not null references letter (id),
    clock text not null,
    began timestamptz not null,           -- what it counted from
    at timestamptz not null,
    primary key (letter_id, clock, began)
);
comment on table letter_clock is 'clocks that have run out, each claimed in the transaction of its effect';

create index letter_waiting on letter (state, state_since)
 where state in ('submitted', 'agreed', 'up_review', 'file_check', 'accepted', 'refused_in');
create index letter_receipt on letter (state, received_at) where state in ('accepted', 'reported');

\ir ../../shared/grants.sql
revoke insert, update, delete on workday from :"service";
commit;
