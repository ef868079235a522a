-- A closed account opens nothing.
-- red: a_closed_account_is_out_at_the_next_request_though_its_sign_in_stands
select spoil.in_function('look_up_session(bytea,text,timestamptz)',
    'a.closed_at is null',
    'true');
