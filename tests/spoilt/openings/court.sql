-- Until the day of the order nobody whom it concerns is told.
-- red: where_a_court_forbids_notice_it_comes_by_itself_on_the_day_of_the_order
select spoil.in_policy('emergency_opening', 'audience',
    'notice_at <= ( SELECT current_moment() AS current_moment)',
    'true');
