-- Of those who ask the quarter's question at one moment the second gets the first's round.
-- red: the_quarters_question_asked_from_two_windows_at_one_moment_is_one_round
drop index trust_round_of_quarter;
