-- An entry of the log is never changed afterwards.
-- red: every_table_is_kept_within_its_agency
grant update on audit to app_login;
