-- Once people have come, what was arranged stays.
-- red: once_people_have_come_what_was_arranged_stays
select spoil.in_function('session_may_be(listening_session)',
    'old.state in (''planned'', ''announced'') and old.notice_read_at is null',
    'true');
