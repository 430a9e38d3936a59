-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0004_account_review to pg
begin;
set local search_path to organizations;

create index account_person on account (person_id) where person_id is not null;

-- Roles of one group exclude one another: 三员分立 (the three administrators), and the books from the cash. Data, so that
-- a further pair is a row; kept by one constraint, so that two posts given at the same moment exclude one another too.
alter table role add column exclusion_group text;
update role set exclusion_group = 'administrators'
 where name in ('system_administrator', 'security_administrator', 'audit_administrator');
update role set exclusion_group = 'dues' where name in ('dues_accountant', 'dues_cashier');

-- Who holds the post: the person where the account has one, so that two accounts are no way around it.
alter table account_post
    add column exclusion_group text,
    add column holder uuid;
update account_post p
   set exclusion_group = r.exclusion_group, holder = coalesce(a.person_id, a.id)
  from role r, account a
 where r.name = p.role and a.id = p.account_id;
alter table account_post alter column holder set not null;

create function account_post_group() returns trigger
language plpgsql set search_path from current as $$
begin
    select exclusion_group into strict new.exclusion_group from role where name = new.role;
    select coalesce(person_id, id) into strict new.holder from account where id = new.account_id;
    return new;
end
$$;
create trigger account_post_group before insert or update of role, account_id on account_post
    for each row execute function account_post_group();

alter table account_post
    drop constraint account_post_administrators,
    drop constraint account_post_dues,
    add constraint account_post_exclusion
        exclude using gist (holder with =, exclusion_group with =, role with <>, daterange(since, until) with &&)
        where (exclusion_group is not null);

-- The quarterly review (季度核查): who said of which post that it is kept or ought to end. The last row of a post counts.
create table post_review_history (
    post_id uuid not null references account_post,
    at timestamptz not null,
    verdict text not null check (verdict in ('kept', 'to_end')),
    account_id uuid not null references account,
    role text not null,
    primary key (post_id, at)
);

\ir ../../shared/grants.sql
revoke insert, update, delete on role, role_permission from :"service";
revoke delete on person, member, membership, organization, relation, approval_power, account, account_token,
                 account_post
  from :"service";
commit;
