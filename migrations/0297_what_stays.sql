-- A number or an address that somebody gave for one way of being reached waits aside while they want to be reached in another way. Nobody
-- reads it there; it comes back with its way.
alter table speaker add column reach_aside jsonb not null default '{}';
grant update (reach_aside) on speaker to app_login;
-- Telephone and text share a number; in person and through somebody there is none.
create function reach_sort(how text) returns text language sql immutable as $$
    select case when how in ('telephone', 'text') then 'telephone' when how in ('email', 'letter') then how else '' end
$$;
-- Those on duty leave alone how a member may be reached; they can empty what waits aside, when the card becomes somebody else's.
create or replace function speaker_may_be(new speaker) returns boolean language plpgsql stable as $$
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
        or (new.reach_aside in (old.reach_aside, '{}')
            and (new.reach_how, new.reach_at, new.reach_hours, new.reach_through, new.may_leave_message, new.may_name_agency)
              = (old.reach_how, old.reach_at, old.reach_hours, old.reach_through, old.may_leave_message, old.may_name_agency));
end $$;

-- Lists of people lose their rows; how many came to what stays.
alter table people_list add column counts jsonb not null default '{}', add column forgotten_at timestamptz;

-- What a destruction leaves of a record says that it was, with whom the agency dealt, and when: a body's standing and its official word
-- (who was invited, who hosted, that governments met). No person's name stays, and no way from a card to a member.
create or replace function destroy_around(record uuid, decision_of uuid, moment timestamptz) returns void language plpgsql as $$
declare
    agency uuid := current_agency();
    said record;
    mark text := 'Destroyed under the retention schedule';
begin
    for said in select c.id, array_remove(array[c.words] || array(select h.words from comment_hidden h where h.agency_id = agency and h.comment_id = c.id)
            || array(select r.words from comment_revision r where r.agency_id = agency and r.comment_id = c.id), null) as texts
        from comment c where c.agency_id = agency and c.subject_id = record and c.withdrawn_at is null
    loop
        perform erase_copies(said.texts, said.id, moment);
        update comment set words = null, hidden_reason = null, hidden_because = null, hidden_passage = null, withdrawn_at = moment, version = version + 1
        where agency_id = agency and id = said.id;
        update comment_revision set words = null where agency_id = agency and comment_id = said.id;
        delete from comment_hidden where agency_id = agency and comment_id = said.id;
    end loop;
    update revision set fields = '{}' where agency_id = agency and subject_id = record;
    update happening set text = '' where agency_id = agency and subject_id = record;
    update rereading set reason = mark where agency_id = agency and subject_id = record;
    update edge set note = '' where agency_id = agency and (from_id = record or to_id = record);
    -- That governments met stays, with the Tribe and the day; who spoke for them goes.
    update outreach set said = '', next_step = '', delegate_reason = '', version = version + 1,
        spoke_for_agency = case when between_governments then mark else '' end, spoke_for_tribe = case when between_governments then mark else '' end
    where agency_id = agency and id = record;
    update commitment set what = mark, evidence = '', version = version + 1 where agency_id = agency and id = record;
    update label_notice set words = '', ended_at = coalesce(ended_at, moment) where agency_id = agency and subject_id = record;
    update acknowledgement set what = mark, said_by = '', said_to = '' where agency_id = agency and session_id = record;
    -- Of each speaker only that there was one stays, and for which body.
    update speaker set name = '', label = 'a speaker', community = '', reach_how = '', reach_at = '', reach_hours = '', reach_through = '', reach_aside = '{}',
        minor_consent = '', may_leave_message = false, may_name_agency = false, membership_id = null, version = version + 1
    where agency_id = agency and session_id = record;
    update listening_session set title = mark, topic = '', place = '', food = '', child_care = '', travel = '', interpreter = '', pay = '', support_person = '',
        stop_rule = '', invitation = '', closed_word = '', cancelled_because = '', summary = '', summary_agreed_with = '', version = version + 1
    where agency_id = agency and id = record;
    update subject set title = mark, version = version + 1, withdrawn_at = case when kind in ('statement', 'loop') then moment else withdrawn_at end
    where agency_id = agency and id = record;
    insert into destroyed (agency_id, subject_id, destruction_id, at) values (agency, record, decision_of, moment);
end $$;

-- What was destroyed before this kept a way from the card to its member.
alter table speaker no force row level security;
alter table destroyed no force row level security;
update speaker sp set membership_id = null, version = sp.version + 1
    from destroyed d
    where d.agency_id = sp.agency_id and d.subject_id = sp.session_id and sp.membership_id is not null;
alter table speaker force row level security;
alter table destroyed force row level security;
