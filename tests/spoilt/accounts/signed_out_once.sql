-- What a provider says of signing out is taken once.
-- red: whoever_signs_out_at_the_provider_is_out_here_in_that_browser_and_nowhere_else
select spoil.always('sign_on_logout', 'id', 'sha256(gen_random_uuid()::text::bytea)');
