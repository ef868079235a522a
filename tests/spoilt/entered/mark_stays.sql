-- What was entered is marked for good.
-- red: only_its_own_person_says_whether_it_is_what_they_said_and_the_mark_stays
select spoil.in_function('entered_may_be(loop)',
    '(new.acting_id, new.entered_by, new.told_how) is not distinct from (old.acting_id, old.entered_by, old.told_how)', 'true');
