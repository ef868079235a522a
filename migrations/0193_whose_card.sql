-- A card belongs to who spoke. Once they have given their word it is joined to no other person; a member says themselves how
-- they may be reached; and whoever has a link sees what was noted about reaching them.
alter table speaker add column word_given_at timestamptz;
alter table speaker no force row level security;
alter table statement no force row level security;
update speaker sp set word_given_at = (select min(st.confirmed_at) from statement st where st.agency_id = sp.agency_id and st.speaker_id = sp.id);
alter table speaker force row level security;
alter table statement force row level security;

revoke update on speaker from app_login;
grant update (name, label, community, card, card_how, partner_id, membership_id, minor, minor_consent, reach_how, reach_at, reach_hours, reach_through,
    may_leave_message, may_name_agency, uses, version) on speaker to app_login;

-- Whom a card may be joined to: an active partner's member, and one with lived experience only by those who know them.
create function may_be_joined(member uuid) returns boolean language sql stable as $$
    select exists (select 1 from membership m where m.agency_id = current_agency() and m.id = member and m.role = 'partner' and m.state = 'active'
        and (not m.lived_experience or exists (select 1 from member_identity i where i.agency_id = m.agency_id and i.membership_id = m.id)))
$$;
create function speaker_may_be(new speaker) returns boolean language plpgsql stable as $$
declare
    old speaker;
    me uuid := current_membership();
begin
    select s.* into old from speaker s where s.agency_id = new.agency_id and s.id = new.id;
    if new.membership_id is distinct from old.membership_id
        and (old.word_given_at is not null or (new.membership_id is not null and not may_be_joined(new.membership_id))) then
        return false;
    end if;
    if old.id is null then
        return new.word_given_at is null;
    end if;
    return old.membership_id is null or old.membership_id = me
        or (new.reach_how, new.reach_at, new.reach_hours, new.reach_through, new.may_leave_message, new.may_name_agency)
         = (old.reach_how, old.reach_at, old.reach_hours, old.reach_through, old.may_leave_message, old.may_name_agency);
end $$;
create policy may_be_insert on speaker as restrictive for insert to app_login
    with check ((select current_hat()) <> 'link' and speaker_may_be(speaker));
create policy may_be_update on speaker as restrictive for update to app_login
    using ((select current_hat()) <> 'link') with check (speaker_may_be(speaker));
create policy not_by_links on speaker as restrictive for delete to app_login using ((select current_hat()) <> 'link');
drop policy not_for_links on speaker;
drop policy audience_select on speaker;
create policy audience_select on speaker as restrictive for select to app_login
    using (id = (select current_link()) or ((select current_hat()) <> 'link' and (membership_id = (select current_membership())
        or exists (select 1 from session_duty d where d.agency_id = speaker.agency_id and d.session_id = speaker.session_id
            and d.membership_id = (select current_membership())))));
