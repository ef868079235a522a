-- Who read something is told to the reader, the author and their steward.
-- red: who_read_is_told_to_the_reader_the_author_and_their_steward_alone
select spoil.without_policies('reading', 'whom_it_concerns');
