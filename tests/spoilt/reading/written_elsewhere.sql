-- Nobody writes a row into another agency.
-- red: every_table_is_kept_within_its_agency
alter policy tenancy on comment with check (true);
