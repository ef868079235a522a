-- What was said for oneself becomes the body’s by somebody who speaks for it.
-- red: a_mandate_outside_its_days_binds_nobody_past_every_page
drop policy as_body_update on comment;
