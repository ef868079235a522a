-- Whom somebody tells by hand is known to those whom she chose.
-- red: nobody_else_learns_that_she_is_told_by_hand_or_says_that_they_told_her
select spoil.without_policies('told_by_hand', 'audience');
