-- An address is made for oneself.
-- red: an_address_opens_one_agency_and_is_nobody_elses_to_see_or_make
drop policy own_insert on calendar_feed;
