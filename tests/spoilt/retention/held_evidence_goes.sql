-- What a hold kept of a promise goes when it ends.
-- red: what_is_taken_off_a_held_promise_is_sealed_and_goes_when_the_hold_ends
select spoil.in_function('open_seals(uuid,timestamptz)',
    'and e.off_at is not null',
    'and false');
