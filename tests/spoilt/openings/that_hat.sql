-- An opening opens under the hat that asked for it.
-- red: an_opening_is_the_one_way_through_a_protocol_and_shows_nothing_else_that_is_under_it
select spoil.in_function('current_opening()',
    'current_hat() = ''administrator''',
    'true');
