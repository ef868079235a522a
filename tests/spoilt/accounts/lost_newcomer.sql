-- Whoever confirms a loss was here a week before.
-- red: nobody_confirms_a_loss_under_another_hat_as_a_newcomer_or_suspended
select spoil.in_function('lost_factors_may_be_confirmed(uuid,uuid,timestamptz)',
    'greatest(me.created_at, me.role_since) <= asked - interval ''7 days''',
    'true');
