-- A lent duty is one person’s.
-- red: a_lent_duty_ends_by_itself
select spoil.in_function('look_up_session(bytea,text,timestamptz)',
    'd.lent_to = look_up_session.membership_id',
    'true');
