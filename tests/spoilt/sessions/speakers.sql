-- Only those with a duty see the speakers.
-- red: a_card_is_seen_by_those_with_a_duty_and_its_own_speaker
select spoil.without_policies('speaker', 'audience');
