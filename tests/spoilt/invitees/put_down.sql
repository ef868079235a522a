-- Only those who see who is invited invite.
-- red: what_people_need_is_for_those_who_facilitate_and_for_nobody_else
select spoil.in_function('invitee_may_be(session_invitee)',
    'new.made_by = current_membership() and keeps_invitees(new.session_id)',
    'new.made_by = current_membership()');
