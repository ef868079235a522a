-- A contact between governments says who spoke with authority for each side.
-- red: a_contact_with_a_tribe_as_a_government_says_who_spoke_for_each
alter table outreach drop constraint outreach_spoke_for;
