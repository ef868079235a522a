-- Whoever proposed the end of a hold answers for holds still, or it counts for nothing.
-- red: what_somebody_proposed_who_serves_no_more_ends_no_hold
select spoil.in_function('legal_hold_may_be(legal_hold)',
    'and still_answers(old.end_by)',
    '');
