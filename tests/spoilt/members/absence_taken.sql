-- Nobody stands in who has not said yes.
-- red: what_waits_for_somebody_stands_with_whoever_said_yes_on_those_days_alone
select spoil.in_function('stands_in(delegation,date)',
    'and d.taken_at is not null',
    '');
