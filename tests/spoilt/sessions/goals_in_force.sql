-- A goal is in force when a partner agreed, and not the agency under a second hat.
-- red: staff_do_not_put_a_goal_in_force_by_a_second_hat_of_theirs
select spoil.in_function('is_partners_word(uuid,timestamptz)',
    'and not exists (select 1 from membership o where o.agency_id = m.agency_id and o.account_id = m.account_id and o.role <> ''partner'' and o.state not in (''proposed'', ''invited'') and o.created_at <= given and (o.ended_at is null or o.ended_at > given))',
    '');
