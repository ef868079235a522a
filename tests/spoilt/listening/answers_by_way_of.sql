-- What words led to by way of something that is closed to the partnership is not told.
-- red: a_speaker_reads_by_their_link_what_their_own_words_led_to_and_nobody_elses
select spoil.in_function('answers_to(uuid, uuid)', 'f.depth < 6 and may_be_told(e.from_id)', 'f.depth < 6');
