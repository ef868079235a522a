-- An address is not handed on.
-- red: an_address_opens_one_agency_and_is_nobody_elses_to_see_or_make
drop policy own_update on calendar_feed;
