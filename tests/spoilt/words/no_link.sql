-- A link opens nothing that its speaker decided without one.
-- red: whoever_makes_a_link_after_the_word_was_given_opens_the_words_to_nobody
select spoil.in_function('decided_by_link(uuid,uuid)',
    '= live_link_of(speaker), false)',
    'is null, true)');
