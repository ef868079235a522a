-- What goes with a record that the retention schedule lets go of, whole: what was said about it, what it says itself by its kind, and
-- what hangs on it. A line does nothing for a record of another kind. The mark that there was one stays.
create or replace function destroy_around(record uuid, decision_of uuid, moment timestamptz) returns void language plpgsql as $$
declare
    agency uuid := current_agency();
    said record;
    mark text := 'Destroyed under the retention schedule';
begin
    -- What was said about it: every comment, wherever it was copied to, with its former and its hidden text.
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

    -- Of any kind: its history, and what joins it to others.
    update revision set fields = '{}' where agency_id = agency and subject_id = record;
    update happening set text = '' where agency_id = agency and subject_id = record;
    update rereading set reason = mark where agency_id = agency and subject_id = record;
    update edge set note = '' where agency_id = agency and (from_id = record or to_id = record);
    update label_notice set words = '', ended_at = coalesce(ended_at, moment) where agency_id = agency and subject_id = record;

    -- An outreach entry. That governments met stays, with the Tribe and the day; who spoke for them goes.
    update outreach set said = '', next_step = '', delegate_reason = '', version = version + 1,
        spoke_for_agency = case when between_governments then mark else '' end, spoke_for_tribe = case when between_governments then mark else '' end
    where agency_id = agency and id = record;

    -- A commitment, with the files that show it done.
    update commitment set what = mark, evidence = '', evidence_link = '', version = version + 1 where agency_id = agency and id = record;
    with gone as (delete from evidence where agency_id = agency and commitment_id = record returning file_id)
        delete from file f using gone where f.agency_id = agency and f.id = gone.file_id;

    -- A listening session. Of each speaker only that there was one stays, and for which body.
    update listening_session set title = mark, topic = '', place = '', food = '', child_care = '', travel = '', interpreter = '', pay = '', support_person = '',
        stop_rule = '', invitation = '', closed_word = '', cancelled_because = '', summary = '', summary_agreed_with = '', version = version + 1
    where agency_id = agency and id = record;
    update speaker set name = '', label = 'a speaker', community = '', reach_how = '', reach_at = '', reach_hours = '', reach_through = '', reach_aside = '{}',
        minor_consent = '', may_leave_message = false, may_name_agency = false, membership_id = null, version = version + 1
    where agency_id = agency and session_id = record;
    update acknowledgement set what = mark, said_by = '', said_to = '' where agency_id = agency and session_id = record;
    delete from reach_try where agency_id = agency and session_id = record;
    delete from session_time where agency_id = agency and session_id = record;

    -- What was told of it to those who spoke, of a session or of a record that their words led to.
    delete from session_answer where agency_id = agency and (session_id = record or subject_id = record);

    -- The mark. A statement and a question count as taken back: their own words went before.
    update subject set title = mark, version = version + 1, withdrawn_at = case when kind in ('statement', 'loop') then moment else withdrawn_at end
    where agency_id = agency and id = record;
    insert into destroyed (agency_id, subject_id, destruction_id, at) values (agency, record, decision_of, moment);
end $$;

-- How many days after a session nobody knows any more who was invited and what they needed is for each agency to set, within bounds.
-- Whoever was invited under one number is kept under no longer one: they were told it.
alter table agency add column invitees_days smallint not null default 30 check (invitees_days between 7 and 90);
grant update (invitees_days) on agency to app_login;
create function invitees_days() returns smallint language sql stable as $$
    select coalesce((select a.invitees_days from agency a where a.id = current_agency()), 30::smallint)
$$;
alter table session_invitee add column kept_days smallint not null default 30;
alter table session_invitee alter column kept_days set default invitees_days();

create or replace function invitee_may_be(new session_invitee) returns boolean language plpgsql stable as $$
declare
    old session_invitee;
    own text[] := array['answer', 'needs', 'answered_at', 'answered_about', 'answered_by', 'times_at', 'version'];
begin
    select i.* into old from session_invitee i where i.agency_id = new.agency_id and i.id = new.id;
    if old.id is null then
        return current_hat() <> 'link' and new.answer is null and new.kept_days = invitees_days()
            and new.made_by = current_membership() and keeps_invitees(new.session_id);
    end if;
    if current_hat() <> 'link' and keeps_invitees(old.session_id) then
        return new.session_id = old.session_id and new.membership_id is not distinct from old.membership_id and new.kept_days = old.kept_days;
    end if;
    return to_jsonb(new) - own = to_jsonb(old) - own and new.answered_by is null
        and (current_hat() = 'link' or old.membership_id = current_membership());
end $$;
