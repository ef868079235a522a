-- What was confirmed is not written over.
-- red: words_and_consent_are_the_speakers
drop policy may_be_update on statement;
