-- Times are put up by those who see who is invited.
-- red: the_database_lets_nobody_choose_for_others
select spoil.in_policy('session_time', 'asked_insert', 'keeps_invitees(session_id) AND', '');
