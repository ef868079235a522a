-- Nobody writes in a history as if they were somebody without an account.
-- red: the_database_lets_nobody_speak_for_somebody_unknown
drop policy said_by_its_code on happening;
