-- Nobody closes what somebody without an account asked but whoever has its code.
-- red: the_database_lets_nobody_speak_for_somebody_unknown
drop policy closed_by_its_code on loop;
