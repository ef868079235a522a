-- The bearer of a link reaches no table that does not say so.
-- red: a_link_reaches_its_own_speakers_words_alone
drop policy not_for_links on partner;
