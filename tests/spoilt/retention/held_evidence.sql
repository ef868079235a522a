-- What is taken off a held promise is not destroyed.
-- red: what_is_taken_off_a_held_promise_is_sealed_and_goes_when_the_hold_ends
select spoil.in_function('take_off_evidence(uuid,timestamptz)',
    'where e.agency_id = agency and e.id = one) then',
    'where false) then');
