-- Nobody makes a line of a letter by which somebody else is answered for.
-- red: nobody_makes_sees_or_spends_anothers_line
select spoil.in_policy('word_link', 'own_insert',
    '(membership_id = ( SELECT current_membership() AS current_membership))',
    'true');
