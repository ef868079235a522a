-- A duty is given by the agency.
-- red: only_the_cohosts_people_and_the_agencys_are_given_a_duty_and_only_by_the_agency
select spoil.in_function('duty_may_be(session_duty)',
    'current_hat() in (''director'', ''staff'') and',
    '');
