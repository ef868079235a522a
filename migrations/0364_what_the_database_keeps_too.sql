-- What a page kept and the database did not; and what a legal hold keeps of what was attached and of who was invited.

-- Whether a promise of influence was kept says for a body whoever speaks for it; what is said is read with the record about which people
-- were asked, and hides with it.
select keep_to_audience('influence_word', '(coalesce((select true from influence_promise p where p.agency_id = influence_word.agency_id '
    'and p.id = influence_word.promise_id), false))', 'with_promise');
drop policy own_update on influence_word;
create policy own_update on influence_word as restrictive for update to app_login
    using ((select current_hat()) = 'partner' and (membership_id = (select current_membership())
        or (partner_id = (select current_body()) and speaks_for(partner_id))))
    with check ((select current_hat()) = 'partner' and by_id = (select current_membership())
        and (membership_id = (select current_membership()) or (partner_id = (select current_body()) and speaks_for(partner_id))));

-- A duty that still stands somewhere opens nothing to an analyst or an administrator, as with cards (0204).
create or replace function keeps_invitees(of_session uuid) returns boolean language sql stable as $$
    select current_hat() not in ('analyst', 'administrator') and exists (select 1 from session_duty d where d.agency_id = current_agency()
            and d.session_id = of_session and d.duty = 'facilitator' and d.membership_id = current_membership())
        or current_hat() in ('director', 'staff') and exists (select 1 from listening_session l where l.agency_id = current_agency()
            and l.id = of_session and l.created_by = current_membership())
$$;

-- A seat takes those whose it is: a Tribe’s seat a Tribal government and nobody of the agency, a community partner’s another body; a
-- person sits for the agency, or for those with lived experience who have no body.
create function seat_takes(new seat_term) returns boolean language sql stable as $$
    select exists (select 1 from group_seat s where s.agency_id = new.agency_id and s.id = new.seat_id and s.group_id = new.group_id and case
        when new.partner_id is not null then s.constituency in ('tribes', 'community_partners')
            and exists (select 1 from partner p where p.agency_id = new.agency_id and p.id = new.partner_id and p.is_tribe = (s.constituency = 'tribes'))
        else exists (select 1 from membership m where m.agency_id = new.agency_id and m.id = new.membership_id and m.partner_id is null
            and case m.role when 'partner' then s.constituency = 'lived_experience' else s.constituency = 'agency' end) end)
$$;
create policy seat_takes_insert on seat_term as restrictive for insert to app_login with check (seat_takes(seat_term));

-- A file that is taken off a promise under a legal hold is gone for everybody here, and destroyed when the hold ends.
alter table evidence add column off_at timestamptz;
grant update (off_at) on evidence to app_keeper;
alter table file add column sealed_at timestamptz;
select keep_to_audience('evidence', '(off_at is null)', 'not_taken_off');
select keep_to_audience('file', '(sealed_at is null)', 'not_sealed');
-- For the keeper.
create function take_off_evidence(one uuid, moment timestamptz) returns void language plpgsql as $$
declare
    agency uuid := current_agency();
begin
    if exists (select 1 from evidence e, holds_of(e.commitment_id) where e.agency_id = agency and e.id = one) then
        update file f set sealed_at = moment from evidence e where e.agency_id = agency and e.id = one and f.agency_id = agency and f.id = e.file_id;
        update evidence set off_at = moment where agency_id = agency and id = one;
        return;
    end if;
    with gone as (delete from evidence where agency_id = agency and id = one returning file_id)
        delete from file f using gone where f.agency_id = agency and f.id = gone.file_id;
end $$;
-- As in 0280, and such files that lie under no hold any more.
create or replace function open_seals(hold uuid, moment timestamptz) returns void language plpgsql as $$
declare
    over uuid[] := array(select u.sealed_id from sealed_under u where u.agency_id = current_agency() and u.hold_id = hold
        and not exists (select 1 from sealed_under o join legal_hold h on h.agency_id = o.agency_id and h.id = o.hold_id
            where o.agency_id = u.agency_id and o.sealed_id = u.sealed_id and h.lifted_at is null));
begin
    delete from sealed_text where agency_id = current_agency() and sealed_id = any (over);
    update sealed set ended_at = moment where agency_id = current_agency() and id = any (over) and ended_at is null;
    with gone as (delete from evidence e where e.agency_id = current_agency() and e.off_at is not null
            and not exists (select holds_of(e.commitment_id)) returning e.file_id)
        delete from file f using gone where f.agency_id = current_agency() and f.id = gone.file_id;
end $$;
