-- A code reaches its own question alone.
-- red: the_database_lets_nobody_speak_for_somebody_unknown
drop policy not_for_links on loop;
drop policy subject_of_id_select on loop;
