-- How a relationship is rated is read by its two sides and whom the director named.
-- red: what_is_a_bodys_own_is_seen_by_no_other
select spoil.without_policies('rating', 'audience');
