-- What a body refuses stays.
-- red: what_a_body_refuses_stays_and_a_body_without_a_steward_loses_nothing
select spoil.in_function('may_go(uuid,text)',
    'and w.word = ''given''',
    '');
