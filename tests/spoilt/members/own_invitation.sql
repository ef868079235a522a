-- Nobody takes up what they made for themselves.
-- red: an_invitation_is_not_taken_up_by_whoever_made_it
select spoil.in_function('membership_may_be(membership)',
    'new.partner_id is null and was_invited_by(new.id, new.account_id)',
    'false');
