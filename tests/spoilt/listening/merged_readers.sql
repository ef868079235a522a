-- Only themes that the same people read are merged.
-- red: themes_with_other_readers_are_not_merged
select spoil.in_function('are_read_alike(uuid,uuid)', 'a.audience = b.audience', 'true');
