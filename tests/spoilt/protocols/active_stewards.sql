-- A steward who is suspended keeps nothing meanwhile.
-- red: a_steward_who_is_suspended_keeps_nothing_meanwhile
select spoil.in_function('serves_as_steward(uuid)',
    'and m.state = ''active''',
    '');
