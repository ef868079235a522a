-- A body’s word on a goal is given by somebody who speaks for it.
-- red: a_mandate_outside_its_days_binds_nobody_past_every_page
select spoil.in_policy('agreement', 'own_word_insert',
    'speaks_for(partner_id)',
    'true');
