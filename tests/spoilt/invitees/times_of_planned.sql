-- Times are asked about while a session is planned.
-- red: the_database_lets_nobody_choose_for_others
select spoil.in_function('times_are_open(uuid)',
    'and l.state = ''planned''',
    '');
