-- A mandate that has not begun speaks for nobody and binds nobody.
-- red: a_mandate_outside_its_days_binds_nobody_past_every_page
select spoil.in_function('mandate_holds(membership,date)',
    'coalesce(m.mandate_from <= day, true)',
    'true');
