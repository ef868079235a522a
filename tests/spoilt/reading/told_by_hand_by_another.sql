-- Nobody says for another that they told somebody.
-- red: nobody_else_learns_that_she_is_told_by_hand_or_says_that_they_told_her
drop policy own_hand on told_by_hand;
