-- Who somebody with lived experience is, is known to those whom they chose.
-- red: what_is_somebodys_own_is_seen_by_nobody_else
select spoil.without_policies('member_identity', 'audience');
