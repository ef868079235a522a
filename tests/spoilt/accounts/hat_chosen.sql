-- Who has several hats wears the one that was chosen.
-- red: two_hats_in_one_county_are_worn_one_at_a_time
select spoil.in_function('look_up_session(bytea,text,timestamptz)',
    'one.id = chosen',
    'true');
