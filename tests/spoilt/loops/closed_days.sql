-- The days on which the agency is closed are the administrator’s.
-- red: the_database_lets_only_an_administrator_close_the_agency
drop policy set_insert on closed_day;
