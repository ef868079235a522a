-- The co-host’s people arrange what people need, and nothing else.
-- red: the_cohosts_people_arrange_what_people_need_to_come_and_nothing_else
select spoil.in_function('session_may_be(listening_session)',
    'to_jsonb(new) - open = to_jsonb(old) - open',
    'true');
