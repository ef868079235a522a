-- A body’s rating is given by somebody who speaks for it.
-- red: a_mandate_outside_its_days_binds_nobody_past_every_page
drop policy own_side on rating;
