-- Guessing a password takes longer with each try. Tries are counted for an address, whether or not it has an account, and apart
-- from them for each browser that signed in to it before: what somebody else tries delays nobody in their own browser.
create table sign_in_try (
    key bytea primary key,
    tries integer not null default 1,
    last_at timestamptz not null
);
create table known_device (
    token_hash bytea primary key,
    account_id uuid not null references account (id),
    last_at timestamptz not null
);
create index known_device_of_account on known_device (account_id);
-- Keys are hashes: of an address, or of a browser's token.
alter table sign_in_try enable row level security;
create policy counted on sign_in_try to app_login, app_keeper using (true) with check (true);
grant select, insert, update, delete on sign_in_try to app_login, app_keeper;
alter table known_device enable row level security;
create policy own on known_device to app_login using (account_id = (select current_account())) with check (account_id = (select current_account()));
create policy swept on known_device to app_keeper using (true);
grant select, insert, update on known_device to app_login;
grant select, delete on known_device to app_keeper;
