-- A Tribe’s position is not hidden as a whole.
-- red: a_tribe_does_not_cease_to_be_one_for_a_minute
select spoil.in_function('position_may_be(comment)',
    'or new.words is not null or not (old.for_tribe',
    'or true or not (old.for_tribe');
