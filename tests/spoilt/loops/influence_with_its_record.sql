-- What was said of a promise is read with the record about which people were asked.
-- red: what_a_body_said_of_it_hides_with_the_record
select spoil.without_policies('influence_word', 'with_promise');
