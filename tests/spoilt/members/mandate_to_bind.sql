-- Who binds a body does so on the days of their mandate.
-- red: a_mandate_outside_its_days_binds_nobody_past_every_page
select spoil.in_function('binds_on(membership,date)',
    'and mandate_holds(m, day)',
    '');
