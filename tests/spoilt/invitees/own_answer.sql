-- Whoever is invited changes their answer, and nothing else of it.
-- red: what_people_need_is_for_those_who_facilitate_and_for_nobody_else
select spoil.in_function('invitee_may_be(session_invitee)',
    'to_jsonb(new) - own = to_jsonb(old) - own and',
    '');
