-- Whoever does not know a person writes no letter about them.
-- red: whoever_does_not_know_a_person_writes_no_letter_about_them
select spoil.in_function('handover_may_be(handover)',
    'may_hand_on(new.person_id) and',
    '');
