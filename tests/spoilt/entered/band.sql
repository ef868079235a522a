-- The band on every page goes when the time is over.
-- red: the_time_ends_by_itself_and_nothing_that_was_typed_is_lost
select spoil.in_function('look_up_session(bytea,text,timestamptz)', 't.until > moment', 'true');
