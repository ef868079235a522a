-- A lent duty that was ended opens nothing.
-- red: a_duty_ends_with_the_director_who_lent_it
select spoil.in_function('look_up_session(bytea,text,timestamptz)',
    'd.ended_at is null',
    'true');
