-- What was taken off opens nothing from the next request on: the sign-ins that rested on it end.
grant select (account_id, vouched_by), update (ended_at) on session to app_keeper;

-- The rule is the administrator's to set, as all of an agency's settings are.
grant update (sign_in_rule, sign_in_rule_from, sign_in_rule_before) on agency to app_login;
