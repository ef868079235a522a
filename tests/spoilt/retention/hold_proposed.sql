-- A hold ends when somebody proposed it before. Nobody is nobody who still answers for holds, so both are broken.
-- red: past_every_page_nobody_ends_or_confirms_a_hold_alone
select spoil.in_function('legal_hold_may_be(legal_hold)',
    'old.end_by is not null and',
    '');
select spoil.in_function('legal_hold_may_be(legal_hold)',
    'and still_answers(old.end_by)',
    '');
