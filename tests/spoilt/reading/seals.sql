-- Whoever works for the site makes no seal of the log.
-- red: whoever_works_for_the_site_makes_no_seal_of_their_own
grant insert on audit_seal to app_login;
