-- What somebody asked who is no steward any more is approved by nobody.
-- red: what_somebody_asked_who_is_no_steward_any_more_is_approved_by_nobody
drop policy first_word on protocol_request;
