-- A table may name a statement by its number or count it, without a word of it: it is called back all the same.
alter table export_row add column words boolean not null default true;
-- Whoever took a copy says that they deleted it.
alter table export_taken add column deleted_at timestamptz;
grant update (deleted_at) on export_taken to app_login;
create policy own_update on export_taken as restrictive for update to app_login using (taken_by = (select current_membership()));
