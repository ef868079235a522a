-- What was read in an opening is told with the opening.
-- red: where_a_court_forbids_notice_it_comes_by_itself_on_the_day_of_the_order
select spoil.without_policies('reading', 'told_with_opening');
