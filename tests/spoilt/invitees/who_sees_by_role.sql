-- A duty from before opens nobody's invitation to an analyst or an administrator.
-- red: a_role_that_was_changed_sees_nobody_who_is_invited
select spoil.in_function('keeps_invitees(uuid)',
    'current_hat() not in (''analyst'', ''administrator'') and exists',
    'exists');
