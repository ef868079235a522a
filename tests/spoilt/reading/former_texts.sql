-- A former text of a comment keeps the readers it was written for.
-- red: a_former_text_keeps_the_readers_it_was_written_for
select spoil.without_policies('comment_revision', 'readers_then');
