-- Nothing is told, past the page, that fewer than the partnership read.
-- red: only_what_the_whole_partnership_reads_is_told_and_by_the_agencys_own_people
select spoil.in_function('answer_may_be(session_answer)', 'may_be_told(new.subject_id)', 'true');
