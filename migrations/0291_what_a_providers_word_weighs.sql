-- What an agency asks of its provider's word, and what of it counts as two factors. What a provider does not say was not given.
alter table sign_on_provider
    -- Levels (`acr`) with a space between them: the provider is asked for them, and these alone count. None: those that mean two
    -- factors wherever they are used.
    add column levels text not null default '' check (char_length(levels) <= 1000),
    -- The ways in which somebody signed in there (`amr`) count too.
    add column counts_methods boolean not null default true,
    -- A word of one factor lets nobody in.
    add column needs_second boolean not null default false;

-- Through which of its agency's providers a sign-in was vouched for: with that one it ends, and with no other. Null: begun before this
-- was kept, and it ends with any of them. A provider that is taken away leaves its number in sign-ins that are over.
alter table session
    add column provider_id uuid,
    add constraint session_vouched_through check (provider_id is null or vouched_by is not null);
grant select (provider_id) on session to app_keeper;
