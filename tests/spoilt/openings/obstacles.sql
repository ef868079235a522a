-- An obstacle opens to whoever opened it in an emergency.
-- red: what_makes_working_together_hard_opens_like_any_other_words
select spoil.in_policy('obstacle', 'no_words_select', 'OR (id = ( SELECT opened_record() AS opened_record))', '');
