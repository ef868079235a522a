-- A director is made by a director.
-- red: a_director_is_made_by_a_director_and_by_nobody_else
select spoil.in_function('membership_may_be(membership)',
    'hat = ''director'' or (hat = ''administrator'' and not has_director())',
    'true');
