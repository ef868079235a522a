-- What was heard in a session that is held is held.
-- red: what_is_held_is_not_destroyed
select spoil.in_function('holds_of(uuid)',
    't.session_id = h.subject_id',
    'false');
