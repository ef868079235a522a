-- Whether a question is what they said, only they say.
-- red: only_its_own_person_says_whether_it_is_what_they_said_and_the_mark_stays
select spoil.in_function('entered_may_be(loop)', 'old.raised_by = current_membership()', 'true');
