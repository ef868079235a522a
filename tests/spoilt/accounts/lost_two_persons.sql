-- One person under two hats is one person.
-- red: nobody_confirms_a_loss_under_another_hat_as_a_newcomer_or_suspended
select spoil.in_function('are_two_persons(uuid,uuid)',
    'a.account_id <> b.account_id',
    'a.id <> b.id');
