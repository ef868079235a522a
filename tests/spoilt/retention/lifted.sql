-- A hold that was lifted holds nothing.
-- red: what_is_held_is_not_destroyed
select spoil.in_function('holds_of(uuid)',
    'h.lifted_at is null',
    'true');
