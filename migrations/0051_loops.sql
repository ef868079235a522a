-- What the director and the writer of an answer say to each other before it goes out stays on the agency's side.
select keep_to_audience('happening', '(what not in (''sent for review'', ''returned by the director'') or (select current_hat()) <> ''partner'')', 'before_it_goes_out');
create index loop_by_word on loop (agency_id, answered_at) where state = 'answered';
