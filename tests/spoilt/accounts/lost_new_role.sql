-- Whoever has their role since yesterday confirms no loss.
-- red: a_role_that_was_given_lately_makes_a_newcomer_of_whoever_asks_or_confirms
select spoil.in_function('lost_factors_may_be_confirmed(uuid,uuid,timestamptz)',
    'greatest(me.created_at, me.role_since)',
    'me.created_at');
