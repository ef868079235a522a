-- An answer is read under the protocols of what it answers.
-- red: words_under_a_protocol_are_read_by_those_in_it_and_by_nobody_else
select spoil.in_policy('comment', 'protocol',
    '(thread_protocols IS NULL)',
    'true');
