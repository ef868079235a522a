-- What may be quoted ends when its time is over.
-- red: what_ran_out_is_not_quoted_and_not_exported_from_the_next_request_on
select spoil.in_function('quotable(statement)', 'coalesce(st.quote_until > current_moment(), true)', 'true');
