-- A return code is made by whoever asks, and by nobody else.
-- red: the_database_lets_nobody_speak_for_somebody_unknown
drop policy own_insert on return_code;
