-- Somebody stands in on the days of an absence alone.
-- red: what_waits_for_somebody_stands_with_whoever_said_yes_on_those_days_alone
select spoil.in_function('stands_in(delegation,date)',
    'and day between d.from_on and d.until',
    '');
