-- A sign-in ends with its time.
-- red: the_browsers_cookie_opens_nothing_once_the_server_says_so
select spoil.in_function('look_up_session(bytea,text,timestamptz)',
    's.expires_at > moment',
    'true');
