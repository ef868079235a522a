-- The letter that confirms a closed account goes where nothing here knows any more: it carries the address itself, until it is done.
alter table letter add column address text;

-- The number or address at which somebody wants to be reached in the way they chose. Whom they let know reads it; on their cards it stands
-- with that way, and it goes when they close their account.
alter table member_identity add column reach_at text not null default '';
