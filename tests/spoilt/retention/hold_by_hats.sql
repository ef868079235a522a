-- A hold is the affair of directors and administrators.
-- red: past_every_page_nobody_ends_or_confirms_a_hold_alone
select spoil.in_function('legal_hold_may_be(legal_hold)',
    'current_hat() not in (''director'', ''administrator'')',
    'false');
