-- What was passed on is read as long as the person is here.
-- red: that_there_is_a_letter_about_a_person_is_known_to_nobody_else
select spoil.in_function('knows_handover(handover)',
    'and exists (select 1 from membership m where m.agency_id = h.agency_id and m.id = h.person_id and m.state = ''active'')',
    '');
