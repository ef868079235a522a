-- Of what is closed to the partnership those who spoke are told nothing any more.
-- red: a_speaker_reads_by_their_link_what_their_own_words_led_to_and_nobody_elses, only_what_the_whole_partnership_reads_is_told_and_by_the_agencys_own_people
select spoil.in_function('may_be_told(uuid)', 's.audience in (''partnership'', ''public'')', 'true');
