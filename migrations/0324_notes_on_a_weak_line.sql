-- What a note-taker typed waits in their browser while the line is away, sealed with a key that only a live sign-in is given. Each sign-in
-- has the seed of its own; the browser keeps neither, and with the sign-in both are gone.
alter table session add column notes_seed bytea not null default uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
