-- Whoever set a hold does not confirm it.
-- red: past_every_page_nobody_ends_or_confirms_a_hold_alone
select spoil.in_function('legal_hold_may_be(legal_hold)',
    'and is_another(old.set_by)',
    '');
