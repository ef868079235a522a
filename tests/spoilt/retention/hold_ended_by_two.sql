-- Whoever proposed the end of a hold does not let it end.
-- red: words_taken_back_under_a_hold_are_sealed_from_everybody_and_destroyed_when_it_ends
select spoil.in_function('legal_hold_may_be(legal_hold)',
    'and is_another(old.end_by)',
    '');
