-- An agency’s provider opens no role on the partners’ side.
-- red: an_agencys_sign_in_opens_its_own_side_and_knows_of_nothing_else
select spoil.in_function('look_up_session(bytea,text,timestamptz)',
    'one.role = ''partner'' or',
    '');
