-- The bearer of a speaker's link sees who wrote their words down.
-- red: what_was_told_another_way_is_marked_so_with_who_wrote_it_down_and_waits_for_its_speaker
select spoil.in_function('wrote_for_link(uuid)', 'st.written_by = member', 'false');
