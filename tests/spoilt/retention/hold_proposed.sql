-- A hold ends when somebody proposed it before.
-- red: past_every_page_nobody_ends_or_confirms_a_hold_alone
select spoil.in_function('legal_hold_may_be(legal_hold)',
    'old.end_by is not null and',
    '');
