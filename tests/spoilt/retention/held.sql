-- What is held is not destroyed.
-- red: what_is_held_is_not_destroyed
select spoil.in_function('may_go(uuid,text)',
    'and not exists (select holds_of(r.id))',
    '');
