-- Nobody at the agency asks in the place of somebody without an account.
-- red: the_database_lets_nobody_speak_for_somebody_unknown
drop policy asked_at_the_door on loop;
