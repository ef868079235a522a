-- Whoever asked to be left in peace is not tried again.
-- red: a_try_goes_the_way_of_the_card_and_ends_when_somebody_asks_for_peace
select spoil.in_function('try_may_be(reach_try)', 't.outcome = ''in_peace''', 'false');
