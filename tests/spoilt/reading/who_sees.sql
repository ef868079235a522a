-- What somebody asked about who sees what is theirs.
-- red: a_speaker_without_an_account_sees_by_their_link_that_it_was_asked, what_is_somebodys_own_is_seen_by_nobody_else
select spoil.without_policies('sight_question', 'audience');
