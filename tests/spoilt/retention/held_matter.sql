-- What was heard in a session that is held is held. The session that a statement names and the chain's thread to it say the same, so
-- that either keeps it where the other is missing: both are broken.
-- red: what_is_held_is_not_destroyed
select spoil.in_function('holds_of(uuid)',
    't.session_id = h.subject_id',
    'false');
select spoil.in_function('holds_of(uuid)',
    'e.from_id = record and e.to_id = h.subject_id',
    'false');
