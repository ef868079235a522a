-- What a member says on their own page about reaching them holds on their consent cards, also where it is “only in person”. A card
-- that says “not at all”, or names a person in between, keeps that.
alter table speaker drop constraint speaker_reach_how_check;
alter table speaker add constraint speaker_reach_how_check
    check (reach_how in ('', 'telephone', 'text', 'email', 'letter', 'through', 'in_person'));
-- A card that said more than “only in person” says that now.
alter table speaker no force row level security;
alter table member_identity no force row level security;
update speaker sp set reach_how = 'in_person', reach_at = '', may_leave_message = false, may_name_agency = i.may_name_agency, version = sp.version + 1
    from member_identity i where i.agency_id = sp.agency_id and i.membership_id = sp.membership_id and i.reach_channel = 'in_person'
      and sp.reach_how not in ('', 'through');
alter table speaker force row level security;
alter table member_identity force row level security;
