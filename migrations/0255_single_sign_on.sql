-- Single sign-on: an agency's own people come in through the provider that the agency uses for everything else (OpenID Connect).
-- The provider, as the agency's administrator enters it. Its secret is sealed with a key that is not in the database.
create table sign_on_provider (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    issuer text not null check (char_length(issuer) between 1 and 300),
    application text not null check (char_length(application) between 1 and 300),
    secret bytea,
    label text not null check (char_length(label) between 1 and 60),
    active boolean not null default false,
    version integer not null default 1,
    created_at timestamptz not null,
    primary key (agency_id, id)
);
create unique index sign_on_provider_once on sign_on_provider (agency_id, issuer);
select keep_within_agency('sign_on_provider');
select keep_to_audience('sign_on_provider', '((select current_hat()) = ''administrator'')');
create policy audience_insert on sign_on_provider as restrictive for insert to app_login with check ((select current_hat()) = 'administrator');
create policy look_up on sign_on_provider for select to app_system using (true);
grant select on sign_on_provider to app_system;

-- Who somebody is to a provider: the issuer and its subject, within one agency, and never an address. Joined to an account by the
-- person; who it is does not change afterwards, and what was taken off opens nothing and goes after a while.
create table sign_on_identity (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    account_id uuid not null references account (id),
    issuer text not null,
    subject text not null check (char_length(subject) between 1 and 255),
    joined_at timestamptz not null,
    used_at timestamptz,
    ended_at timestamptz,
    primary key (agency_id, id)
);
create unique index sign_on_identity_once on sign_on_identity (agency_id, issuer, subject) where ended_at is null;
create unique index sign_on_identity_of_account on sign_on_identity (agency_id, account_id, issuer) where ended_at is null;
create index sign_on_identity_by_account on sign_on_identity (account_id);
select keep_within_agency('sign_on_identity', 'select, insert, delete');
grant update (used_at, ended_at) on sign_on_identity to app_login;
select keep_to_audience('sign_on_identity', '(account_id = (select current_account()) or (select current_hat()) = ''administrator'')');
create policy own_insert on sign_on_identity as restrictive for insert to app_login with check (account_id = (select current_account()));
create policy look_up on sign_on_identity for select to app_system using (true);
grant select on sign_on_identity to app_system;

-- One way to a provider and back: good for ten minutes, once, in the browser that began it. What it is for and what must come
-- back is sealed with a secret that only that browser holds.
create table sign_on_attempt (
    id bytea primary key,
    for_agency uuid not null references agency (id),
    provider_id uuid not null,
    sealed bytea not null,
    made_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);
create index sign_on_attempt_by_age on sign_on_attempt (expires_at);
alter table sign_on_attempt enable row level security;
-- Its key is the hash of a secret: whoever can name it was told it.
create policy begun on sign_on_attempt to app_login using (true) with check (true);
create policy sweep on sign_on_attempt to app_keeper using (true);
grant select, insert, update (used_at) on sign_on_attempt to app_login;
grant select (id, expires_at), delete on sign_on_attempt to app_keeper;
