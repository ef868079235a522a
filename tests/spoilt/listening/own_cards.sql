-- What a card says that its speaker filled in, nobody on duty changes and leaves it as the speaker's own.
-- red: nobody_on_duty_answers_for_a_speaker_under_the_speakers_name
select spoil.in_function('own_card_may_be(speaker)', '(new.card, new.name) = (old.card, old.name)', 'true');
