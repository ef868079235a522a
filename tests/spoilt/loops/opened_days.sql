-- Nobody but an administrator takes a closed day off the list.
-- red: the_database_lets_only_an_administrator_close_the_agency
drop policy set_delete on closed_day;
