-- A mandate that is over speaks for nobody and binds nobody.
-- red: a_mandate_outside_its_days_binds_nobody_past_every_page
select spoil.in_function('mandate_holds(membership,date)',
    'coalesce(m.mandate_until >= day, true)',
    'true');
