-- The address of a member's sign-in is not for the readers of a consent card, who need not know who the speaker is. What was
-- carried onto cards before that rule goes off them; an address that somebody gave for the card itself is another one, and stays.
alter table speaker no force row level security;
alter table member_identity no force row level security;
update speaker sp set reach_at = '', version = sp.version + 1
    from member_identity i
    where i.agency_id = sp.agency_id and i.membership_id = sp.membership_id and sp.reach_how = 'email' and i.email <> '' and sp.reach_at = i.email;
alter table speaker force row level security;
alter table member_identity force row level security;
