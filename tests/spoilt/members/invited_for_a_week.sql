-- An invitation lapses after seven days.
-- red: an_invitation_lapses_after_seven_days
select spoil.always('invitation', 'expires_at', 'new.created_at + interval ''1 year''');
