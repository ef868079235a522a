-- What is said as a body is said by somebody who speaks for it.
-- red: a_mandate_outside_its_days_binds_nobody_past_every_page
drop policy as_body_insert on comment;
