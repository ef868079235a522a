-- What every member reads is not read by the bearer of a link.
-- red: a_link_reaches_its_own_speakers_words_alone
select spoil.in_policy('subject', 'audience',
    '(( SELECT current_hat() AS current_hat) <> ALL (ARRAY[''link''::text, ''nobody''::text]))',
    'true');
