-- How often something was done, by whom and from which network, within a time that ends by itself. One row for each, counted in one
-- statement, so that several servers agree. Keys are hashes; a flood of requests writes no log of the database (unlogged): what a
-- crash forgets begins at nothing.
create unlogged table tally (
    key bytea primary key,
    count integer not null,
    ends_at timestamptz not null
);
create index tally_over on tally (ends_at);
alter table tally enable row level security;
create policy counted on tally to app_login, app_keeper using (true) with check (true);
grant select, insert, update on tally to app_login;
grant select (ends_at), delete on tally to app_keeper;
