-- Letters wait in a queue of their own, put there in the transaction that causes them. A row says of what kind a letter is and what
-- it is about; what it says is written when it is sent, from what is true then, and its link is made then. So nothing secret waits
-- here, and what was withdrawn meanwhile is never sent.
create table letter (
    id uuid primary key,
    for_agency uuid references agency (id),
    kind text not null check (kind in ('invitation', 'reset')),
    about uuid not null,
    made_at timestamptz not null,
    run_at timestamptz not null,
    attempts smallint not null default 0,
    claimed_until timestamptz,
    sent_at timestamptz,
    dropped_at timestamptz,
    failed_at timestamptz,
    error text
);
create index letter_due on letter (run_at) where sent_at is null and dropped_at is null and failed_at is null;
create index letter_about on letter (about, made_at);
alter table letter enable row level security;
create policy queue on letter for insert to app_login with check (for_agency is null or for_agency = (select current_agency()));
-- Whoever may see an invitation sees what became of its letter.
create policy own on letter for select to app_login using (
    for_agency = (select current_agency())
    and exists (select from invitation i where i.agency_id = letter.for_agency and i.id = letter.about));
create policy work on letter to app_system using (true) with check (true);
create policy sweep on letter to app_keeper using (true);
grant select, insert on letter to app_login;
grant select, update on letter to app_system;
grant select (id, made_at, dropped_at), delete on letter to app_keeper;

-- The link in a letter is made when the letter is sent.
create policy link_made on invitation for update to app_system using (true) with check (true);
grant update (token_hash) on invitation to app_system;

-- A new password for somebody who does not know theirs: one link, good for an hour, once.
create table password_reset (
    id uuid primary key,
    account_id uuid not null references account (id),
    token_hash bytea unique,
    made_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    -- The form that used it, so that a second press of the same button is answered as the first.
    used_by bytea
);
create index password_reset_of_account on password_reset (account_id);
alter table password_reset enable row level security;
create policy own on password_reset to app_login using (account_id = (select current_account())) with check (account_id = (select current_account()));
create policy look_up on password_reset for select to app_system using (true);
create policy link_made on password_reset for update to app_system using (true) with check (true);
create policy sweep on password_reset to app_keeper using (true);
grant select, insert, update on password_reset to app_login;
grant select on password_reset to app_system;
grant update (token_hash) on password_reset to app_system;
grant select (id, expires_at), delete on password_reset to app_keeper;
