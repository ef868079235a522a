-- A person corrects the letter about them in their own words.
-- red: nobody_passes_a_letter_on_for_the_person_whom_it_is_about
select spoil.in_function('handover_letter_may_be(handover_letter)',
    'return h.state <> ''begun'' and h.person_id = current_membership()',
    'return h.state <> ''begun''');
