-- What was promised about answers is not rewritten.
-- red: whoever_asks_says_what_can_change_and_cannot_rewrite_it
grant update on influence_promise to app_login;
