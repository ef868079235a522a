-- Nobody reads what is sealed.
-- red: words_taken_back_under_a_hold_are_sealed_from_everybody_and_destroyed_when_it_ends
select spoil.without_policies('sealed_text', 'audience');
