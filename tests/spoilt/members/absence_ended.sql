-- An absence is ended by one of the two.
-- red: nobody_is_said_to_be_away_or_made_to_stand_in_but_by_themselves
select spoil.in_function('delegation_may_be(delegation)',
    'and me in (old.lent_by, old.lent_to)',
    '');
