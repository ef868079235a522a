-- A comment that carries a protocol is read by those in it.
-- red: words_under_a_protocol_are_read_by_those_in_it_and_by_nobody_else
select spoil.without_policies('comment', 'protocol');
