-- A card that is handed over says “do not write” until its speaker has answered it.
-- red: nobody_on_duty_answers_for_a_speaker_under_the_speakers_name
select spoil.in_function('own_card_may_be(speaker)', 'new.card = ''do_not_write''', 'true');
