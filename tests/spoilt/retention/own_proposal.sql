-- Whoever proposed to destroy something takes it back, and never destroys it alone.
-- red: nobody_decides_on_their_own_proposal
select spoil.in_function('destruction_may_be(destruction)',
    'new.decision = ''keep'' and old.decision is null',
    'old.decision is null');
