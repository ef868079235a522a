-- An absence that was ended is over.
-- red: whoever_stands_in_for_a_director_reviews_her_answers_while_she_is_away
select spoil.in_function('stands_in(delegation,date)',
    'and d.ended_at is null',
    '');
