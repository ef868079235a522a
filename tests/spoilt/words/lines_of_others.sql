-- A line of a letter is seen by whoever it was sent to.
-- red: nobody_makes_sees_or_spends_anothers_line
select spoil.in_policy('word_link', 'audience_select',
    '(membership_id = ( SELECT current_membership() AS current_membership))',
    'true');
