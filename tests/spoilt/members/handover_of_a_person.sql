-- That there is a letter about a person is known to its writer and to them.
-- red: that_there_is_a_letter_about_a_person_is_known_to_nobody_else
select spoil.in_function('knows_handover(handover)',
    'case when h.person_id is null',
    'case when true');
