-- What people sign in with besides a password: codes from an app, passkeys, and codes on paper for the day when both are lost.

-- A password of fewer than 15 characters, which is enough only beside a second factor.
alter table account add column password_is_short boolean not null default false;
grant select (password_is_short) on account to app_login;
-- The token before the one of now, when a sign-in got a new one: it opens nothing. By it a form that was still under way is known to
-- be its writer's, so that its text is kept.
alter table session add column token_before bytea;
create index session_by_token_before on session (token_before) where token_before is not null;

-- The seed of somebody's codes, sealed with the site's key; each code is good once.
create table code_seed (
    account_id uuid primary key references account (id),
    sealed bytea not null,
    made_at timestamptz not null,
    -- Null until a first code was given: it is being set up and asked of nobody.
    confirmed_at timestamptz,
    -- The form that confirmed it, so that a second press of the same button is answered as the first.
    confirmed_by bytea,
    last_step bigint not null default 0
);
alter table code_seed enable row level security;
create policy own on code_seed to app_login using (account_id = (select current_account())) with check (account_id = (select current_account()));
grant select, insert, update, delete on code_seed to app_login;

create table recovery_code (
    account_id uuid not null references account (id),
    code_hash bytea not null,
    used_at timestamptz,
    primary key (account_id, code_hash)
);
alter table recovery_code enable row level security;
create policy own on recovery_code to app_login using (account_id = (select current_account())) with check (account_id = (select current_account()));
grant select, insert, update, delete on recovery_code to app_login;

create table passkey (
    id uuid primary key,
    account_id uuid not null references account (id),
    credential_id bytea not null unique,
    -- Its public key and how often it was used, as the library keeps them.
    credential jsonb not null,
    name text not null check (char_length(name) between 1 and 60),
    made_at timestamptz not null,
    last_used_at timestamptz
);
create index passkey_of_account on passkey (account_id);
alter table passkey enable row level security;
create policy own on passkey to app_login using (account_id = (select current_account())) with check (account_id = (select current_account()));
create policy look_up on passkey for select to app_system using (true);
grant select, insert, update, delete on passkey to app_login;
grant select on passkey to app_system;

-- What is good once: a challenge for a passkey, a form that makes secrets. By whom is known, so that a second press of the same
-- button is answered as the first.
create table spent (
    what_hash bytea primary key,
    spent_by bytea not null,
    spent_at timestamptz not null,
    expires_at timestamptz not null
);
alter table spent enable row level security;
create policy once on spent to app_login using (true) with check (true);
create policy sweep on spent to app_keeper using (true);
grant select, insert on spent to app_login;
grant select (what_hash, expires_at), delete on spent to app_keeper;

-- Somebody whose password was right and whose second factor is waited for.
create table half_sign_in (
    id uuid primary key,
    token_hash bytea not null unique,
    account_id uuid not null references account (id),
    device text not null default '',
    goes_on_to text not null default '',
    made_at timestamptz not null,
    expires_at timestamptz not null,
    tries smallint not null default 0,
    ended_at timestamptz,
    ended_by bytea
);
create index half_sign_in_of_account on half_sign_in (account_id);
alter table half_sign_in enable row level security;
create policy own on half_sign_in to app_login using (account_id = (select current_account())) with check (account_id = (select current_account()));
create policy look_up on half_sign_in for select to app_system using (true);
create policy sweep on half_sign_in to app_keeper using (true);
grant select, insert, update on half_sign_in to app_login;
grant select on half_sign_in to app_system;
grant select (id, expires_at), delete on half_sign_in to app_keeper;
