-- A card whose word is given goes to nobody else’s sign-in.
-- red: words_whose_word_is_given_go_to_nobody_elses_sign_in
select spoil.in_function('speaker_may_be(speaker)',
    'old.word_given_at is not null or',
    '');
