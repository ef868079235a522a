-- Nobody at the site says of a question that nobody is left to close it.
-- red: the_database_lets_nobody_say_that_nobody_is_left
drop policy left_by_itself on loop;
