-- A link is for a speaker without a sign-in. It lets more people read only what the speaker decided by that same link, or by one
-- that took its place: whoever makes a link for others can read it, too.
alter table return_link add column first_id uuid;
alter table return_link add foreign key (agency_id, first_id) references return_link (agency_id, id);
alter table consent_change add column link_id uuid;
alter table consent_change add foreign key (agency_id, link_id) references return_link (agency_id, id);

-- The first of the links that a speaker's live one stands for.
create function live_link_of(speaker uuid) returns uuid language sql stable as $$
    select coalesce(l.first_id, l.id) from return_link l
    where l.agency_id = current_agency() and l.speaker_id = speaker and l.spent_at is null
    order by l.created_at desc, l.id desc limit 1
$$;
-- Whether the last word on who may read a statement came by the speaker's live link. For the keeper.
create function decided_by_link(spoken uuid, speaker uuid) returns boolean language sql stable as $$
    select coalesce((select c.link_id from consent_change c
        where c.agency_id = current_agency() and c.statement_id = spoken and c.how <> 'card'
        order by c.version desc, c.created_at desc, c.id desc limit 1) = live_link_of(speaker), false)
$$;

-- Made by those on duty, who alone see the card, and only for a card without a membership. Afterwards a link can only end.
create policy for_a_speaker on return_link as restrictive for insert to app_login
    with check (made_by = (select current_membership()) and exists (select 1 from speaker sp
        where sp.agency_id = return_link.agency_id and sp.id = return_link.speaker_id and sp.session_id = return_link.subject_id and sp.membership_id is null));
revoke update on return_link from app_login;
grant update (spent_at) on return_link to app_login;
create policy ends on return_link as restrictive for update to app_login
    using (exists (select 1 from speaker sp where sp.agency_id = return_link.agency_id and sp.id = return_link.speaker_id)) with check (spent_at is not null);

-- What is read by a link is noted under the name of whoever made it, for the speaker's side.
alter table reading drop constraint reading_how_check;
alter table reading add constraint reading_how_check check (how in ('viewed', 'exported', 'downloaded', 'by link'));
select keep_to_audience('reading', '(how <> ''by link'' or exists (select 1 from subject s where s.agency_id = reading.agency_id and s.id = reading.subject_id '
    'and (s.author_id = (select current_membership()) or s.body_id = (select current_body()))))', 'by_link');
