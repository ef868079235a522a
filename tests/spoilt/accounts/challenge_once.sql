-- The answer to a passkey’s question is good once.
-- red: a_passkey_signs_in_by_itself
select spoil.always('spent', 'what_hash', 'sha256(gen_random_uuid()::text::bytea)');
