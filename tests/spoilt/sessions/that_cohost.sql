-- Who hosts it no more arranges nothing.
-- red: the_cohosts_people_arrange_what_people_need_to_come_and_nothing_else
select spoil.in_function('session_may_be(listening_session)',
    'old.cohost_id = current_body()',
    'current_body() is not null');
