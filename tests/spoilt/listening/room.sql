-- What was said is opened to those who had a card when its speaker agreed, and to no other link.
-- red: what_others_said_is_read_by_those_in_the_room_where_its_speaker_agreed
select spoil.without_policies('room_reader', 'audience');
select spoil.in_policy('subject', 'audience_select', 'AND (r.speaker_id = ( SELECT current_link() AS current_link))', '');
