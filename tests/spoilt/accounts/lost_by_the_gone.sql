-- Who is suspended confirms nothing.
-- red: nobody_confirms_a_loss_under_another_hat_as_a_newcomer_or_suspended
select spoil.in_function('lost_factors_may_be_confirmed(uuid,uuid,timestamptz)',
    'and me.state = ''active''',
    '');
