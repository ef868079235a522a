-- What a body keeps of its rating is read by that body.
-- red: what_is_a_bodys_own_is_seen_by_no_other
select spoil.without_policies('rating_kept', 'audience');
