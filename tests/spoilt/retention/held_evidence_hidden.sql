-- What was taken off a held promise is on no page.
-- red: what_is_taken_off_a_held_promise_is_sealed_and_goes_when_the_hold_ends
select spoil.without_policies('file', 'not_sealed');
