-- What the agency was told of a promise is none until the body says so.
-- red: what_the_agency_was_told_of_a_promise_is_none_until_the_body_says_so
drop policy promised_insert on commitment;
