-- A director decides.
-- red: nobody_decides_on_their_own_proposal
select spoil.in_function('destruction_may_be(destruction)',
    'current_hat() = ''director'' and old.decision is null',
    'old.decision is null');
