-- Whom a keeper was reminded of is that keeper's to see.
-- red: a_keeper_is_reminded_before_the_date_and_after_it_once_each_whatever_the_workers
select spoil.in_policy('rhythm_told', 'audience_select',
    '(keeper_id = ( SELECT current_membership() AS current_membership))',
    'true');
