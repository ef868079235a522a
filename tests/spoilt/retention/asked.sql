-- What a body was asked, and what it said, is read by its stewards.
-- red: words_of_a_body_go_by_its_stewards_word_alone
select spoil.without_policies('destruction_word', 'audience');
