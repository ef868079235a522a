-- Whoever stops the other steward waits thirty days all the same.
-- red: whoever_stops_the_other_steward_waits_thirty_days_all_the_same
select spoil.in_function('stewards_of(uuid)',
    'm.stopped_as_steward_at > current_moment() - interval ''30 days''',
    'false');
