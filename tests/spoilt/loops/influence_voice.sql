-- For a body its word is said by whoever speaks for it.
-- red: a_body_says_its_word_by_whoever_speaks_for_it
alter policy own_update on influence_word using (true) with check (by_id = (select current_membership()));
