-- Suspending the second steward spares nobody their word.
-- red: suspending_the_second_steward_spares_nobody_their_word
select spoil.in_function('stewards_of(uuid)',
    '(m.state = ''suspended'' and m.suspended_by = ''agency'')',
    'false');
