-- What may be exported ends when its time is over, in a file that is ready as well.
-- red: what_ran_out_is_not_quoted_and_not_exported_from_the_next_request_on, a_file_that_is_ready_is_not_handed_out_once_what_it_rests_on_ran_out
select spoil.in_function('exportable(statement)', 'coalesce(st.export_until > current_moment(), true)', 'true');
