-- A private calendar is its person’s alone.
-- red: an_address_opens_one_agency_and_is_nobody_elses_to_see_or_make
select spoil.without_policies('calendar_feed', 'audience');
