-- The keeper is under tenancy alone, and an audience binds the site’s own role.
-- red: every_table_is_kept_within_its_agency
create policy open on subject to app_keeper using (true);
