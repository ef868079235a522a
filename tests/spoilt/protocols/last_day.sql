-- A guest is in it until their last day.
-- red: row_security_lets_in_exactly_those_whom_the_model_lets_in, a_guest_reads_until_the_last_day_and_may_leave_before
select spoil.in_policy('protocol_reader', 'audience',
    'COALESCE((ends_at > ( SELECT current_moment() AS current_moment)), true)',
    'true');
