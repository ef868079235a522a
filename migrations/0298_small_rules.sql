-- A draft stays its writer's: nobody puts one down for somebody else, neither anew nor by changing it.
create policy stays_own on draft as restrictive for update to app_login using (true)
    with check (membership_id = (select current_membership()));

-- One after the other: a stop is said before it is decided whether somebody's second factors are lost, or after that, and not in between.
create function lost_factors_turn(account uuid) returns void language sql as $$
    select pg_advisory_xact_lock(hashtextextended('lost factors ' || account::text, 0))
$$;
