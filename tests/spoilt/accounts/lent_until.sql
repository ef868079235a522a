-- A lent duty ends on its last day.
-- red: a_lent_duty_ends_by_itself
select spoil.in_function('look_up_session(bytea,text,timestamptz)',
    'd.until >= day',
    'true');
