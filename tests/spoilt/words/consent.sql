-- What a statement may be used for is its speaker’s to say.
-- red: words_and_consent_are_the_speakers
grant update (may_export, may_publish) on statement to app_login;
