-- Whoever has their role since yesterday asks for nothing that anybody confirms.
-- red: a_role_that_was_given_lately_makes_a_newcomer_of_whoever_asks_or_confirms
select spoil.in_function('lost_factors_may_be_confirmed(uuid,uuid,timestamptz)',
    'greatest(one.created_at, one.role_since)',
    'one.created_at');
