-- Who is invited is seen by those who facilitate, and whoever planned it.
-- red: what_people_need_is_for_those_who_facilitate_and_for_nobody_else
select spoil.in_function('keeps_invitees(uuid)',
    'd.duty = ''facilitator'' and',
    '');
