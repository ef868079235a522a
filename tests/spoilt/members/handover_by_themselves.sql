-- A person says themselves whether a letter about them is passed on.
-- red: nobody_passes_a_letter_on_for_the_person_whom_it_is_about
select spoil.in_function('handover_may_be(handover)',
    'old.person_id = current_membership() and new.state in (''passed'', ''kept_back'')',
    'new.state in (''passed'', ''kept_back'')');
