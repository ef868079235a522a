-- A file that is not shared is its owner’s.
-- red: what_is_somebodys_own_is_seen_by_nobody_else
select spoil.without_policies('file', 'audience');
