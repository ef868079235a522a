-- What a body says of itself is its own.
-- red: what_a_body_says_of_itself_is_its_own_once_its_steward_is_there
select spoil.in_function('partner_may_be(partner)',
    'and words_are_its_own(new.id) and not speaks_for(new.id)',
    'and false');
