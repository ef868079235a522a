-- Nobody is named to a term that is over.
-- red: nobody_is_named_to_a_term_that_is_over
select spoil.in_function('term_may_be(seat_term)',
    'and coalesce(old.until_on >= current_day(), true)',
    '');
