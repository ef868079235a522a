-- An opening ends with its hours.
-- red: row_security_opens_that_row_to_that_member_and_nothing_besides, an_administrator_reads_exactly_that_record_for_exactly_that_time
select spoil.in_function('current_opening()',
    'o.ends_at > current_moment()',
    'true');
