-- Another address for a sign-in: asked for by whoever is signed in, and done once both the address so far and the new one have said yes
-- by a link of their own. Each letter's link is made when the letter goes.
create table address_change (
    id uuid primary key,
    account_id uuid not null references account (id),
    was text not null,
    wanted text not null,
    made_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    -- How it came to its end: done, stopped by either side, or followed by another.
    ended text check (ended in ('done', 'stopped', 'replaced', 'taken')),
    check ((ended is null) = (ended_at is null))
);
create index address_change_of on address_change (account_id) where ended_at is null;
create table address_word (
    id uuid primary key,
    change_id uuid not null references address_change (id) on delete cascade,
    account_id uuid not null references account (id),
    -- The address so far, or the new one.
    is_new boolean not null,
    token_hash bytea unique,
    said_at timestamptz,
    -- The form that said it, so that a second press of the same button is answered as the first.
    said_by bytea,
    unique (change_id, is_new)
);
alter table address_change enable row level security;
create policy own on address_change to app_login using (account_id = (select current_account())) with check (account_id = (select current_account()));
create policy look_up on address_change for select to app_system using (true);
create policy sweep on address_change to app_keeper using (true);
grant select, insert, update on address_change to app_login;
grant select on address_change to app_system;
grant select (id, expires_at), delete on address_change to app_keeper;
alter table address_word enable row level security;
create policy own on address_word to app_login using (account_id = (select current_account())) with check (account_id = (select current_account()));
create policy look_up on address_word for select to app_system using (true);
create policy link_made on address_word for update to app_system using (true) with check (true);
create policy sweep on address_word to app_keeper using (true);
grant select, insert, update on address_word to app_login;
grant select on address_word to app_system;
grant update (token_hash) on address_word to app_system;
grant select (id, change_id), delete on address_word to app_keeper;

-- An account that is closed leaves no browser known and no form kept.
grant delete on known_device to app_login;
