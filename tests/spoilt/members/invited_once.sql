-- An invitation works once.
-- red: an_invitation_works_once_and_its_link_is_shown_once
select spoil.always('invitation', 'accepted_at', 'null');
