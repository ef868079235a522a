-- Nobody makes a link for a speaker who has a sign-in.
-- red: nobody_makes_a_link_for_a_speaker_who_has_a_sign_in
select spoil.in_policy('return_link', 'for_a_speaker',
    '(sp.membership_id IS NULL)',
    'true');
