-- Nobody else learns that somebody was asked.
-- red: what_people_need_is_for_those_who_facilitate_and_for_nobody_else
select spoil.without_policies('session_invitee', 'audience');
