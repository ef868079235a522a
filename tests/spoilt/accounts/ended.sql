-- A sign-in that was ended opens nothing.
-- red: each_sign_in_is_a_new_secret_and_ends_the_one_that_the_browser_had
select spoil.in_function('look_up_session(bytea,text,timestamptz)',
    's.ended_at is null',
    'true');
