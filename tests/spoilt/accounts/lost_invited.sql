-- Nobody confirms with a second self that they let in.
-- red: nobody_confirms_with_a_second_self_however_long_ago_it_came_in
select spoil.in_function('lost_factors_may_be_confirmed(uuid,uuid,timestamptz)',
    'not came_in_through(me.id, one.account_id)',
    'true');
