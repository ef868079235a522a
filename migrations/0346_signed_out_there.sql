-- By which sign-in at the provider a sign-in here was vouched for: the hash of what the provider calls it (`sid`). Null where it does not
-- say. When it says that one ended, those end here that rest on it.
alter table session
    add column provider_sid bytea check (octet_length(provider_sid) = 32),
    add constraint session_vouched_in check (provider_sid is null or provider_id is not null);
create index session_by_provider_sid on session (provider_id, provider_sid) where provider_sid is not null;

-- What a provider said by itself about a sign-in that ended there, by the hash of its number: each is taken once. Kept until it would be
-- too old to be taken anyway.
create table sign_on_logout (
    id bytea primary key check (octet_length(id) = 32),
    expires_at timestamptz not null
);
create index sign_on_logout_by_age on sign_on_logout (expires_at);
alter table sign_on_logout enable row level security;
-- Nobody reads them: that one is there already shows when it is put there again.
create policy said on sign_on_logout for insert to app_login with check (true);
create policy sweep on sign_on_logout to app_keeper using (true);
grant insert on sign_on_logout to app_login;
grant select (id, expires_at), delete on sign_on_logout to app_keeper;
