-- Row security holds for whoever owns the tables too.
-- red: every_table_is_kept_within_its_agency
alter table public.comment no force row level security;
