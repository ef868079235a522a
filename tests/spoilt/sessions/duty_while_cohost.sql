-- A duty holds while their body hosts the session.
-- red: only_the_cohosts_people_and_the_agencys_are_given_a_duty_and_only_by_the_agency
select spoil.without_policies('session_duty', 'while_cohost');
