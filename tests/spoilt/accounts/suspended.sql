-- Who is suspended is out at the next request.
-- red: somebody_suspended_is_out_at_the_next_request_until_they_are_taken_up_again
select spoil.in_function('look_up_session(bytea,text,timestamptz)',
    'if one.state = ''suspended'' then suspended := true;',
    'if false then suspended := true;');
