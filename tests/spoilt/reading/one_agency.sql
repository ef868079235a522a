-- A row belongs to one agency.
-- red: every_table_is_kept_within_its_agency
drop policy tenancy on statement;
create policy tenancy on statement using (true) with check (true);
