-- A body’s word on a merge is its own steward’s.
-- red: a_body_that_was_joined_keeps_its_stewards_word
drop policy own_word on merge_word;
