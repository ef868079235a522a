-- Only who stands in for a director reviews answers.
-- red: whoever_stands_in_for_a_director_reviews_her_answers_while_she_is_away
select spoil.in_function('reviews_answers(date)',
    'and m.role = ''director''',
    '');
