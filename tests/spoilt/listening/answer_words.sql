-- Who of those who spoke said what of a promise is read by nobody.
-- red: those_who_spoke_say_whether_a_promise_was_kept_and_nobody_learns_who_said_so
drop policy audience_select on answer_word;
