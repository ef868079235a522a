-- The co-host's people plan with the agency, and may be named to facilitate or to take notes. Nothing else of a session opens
-- by it, and it lasts as long as their body hosts the session.

-- A duty of somebody on the partners' side counts while their body is the co-host; then it stands nowhere, and opens nothing.
select keep_to_audience('session_duty', '(exists (select 1 from membership m where m.agency_id = session_duty.agency_id and m.id = session_duty.membership_id '
    'and (m.role <> ''partner'' or exists (select 1 from listening_session l where l.agency_id = m.agency_id and l.id = session_duty.session_id '
    'and l.cohost_id = m.partner_id))))', 'while_cohost');

-- Directors and staff give duties, to their own and to the co-host's people.
create function duty_may_be(new session_duty) returns boolean language sql stable as $$
    select current_hat() in ('director', 'staff') and exists (select 1 from membership m where m.agency_id = new.agency_id and m.id = new.membership_id
        and m.state = 'active' and (m.role in ('director', 'staff') or (m.role = 'partner' and exists (select 1 from listening_session l
            where l.agency_id = new.agency_id and l.id = new.session_id and l.cohost_id = m.partner_id))))
$$;
create policy given_insert on session_duty as restrictive for insert to app_login with check (duty_may_be(session_duty));
create policy given_update on session_duty as restrictive for update to app_login using (false);
create policy given_delete on session_duty as restrictive for delete to app_login using ((select current_hat()) in ('director', 'staff'));

-- What a transaction of the site may make of a session: directors and staff all of it; who has a duty there what happens in the
-- room and after it; the co-host's people what is arranged for those who come, while it lies ahead, and their own word.
create function session_may_be(new listening_session) returns boolean language plpgsql stable as $$
declare
    old listening_session;
    open text[] := array['version'];
begin
    if current_hat() in ('director', 'staff') then
        return true;
    end if;
    select l.* into old from listening_session l where l.agency_id = new.agency_id and l.id = new.id;
    if exists (select 1 from session_duty d where d.agency_id = old.agency_id and d.session_id = old.id and d.membership_id = current_membership()) then
        open := open || array['state', 'notice_read_at', 'notice_read_by', 'stopped_at', 'held_at', 'closed_at', 'closed_word', 'summary',
            'summary_agreed_with', 'summary_agreed_at', 'cohost_agreed_by', 'cohost_agreed_at', 'checkin_done_at'];
    end if;
    if old.cohost_id = current_body() then
        open := open || array['cohost_agreed_by', 'cohost_agreed_at', 'cohost_closes_by', 'cohost_closes_at'];
        if old.state in ('planned', 'announced') and old.notice_read_at is null then
            open := open || array['languages', 'interpreter', 'food', 'child_care', 'travel', 'pay', 'support_person', 'stop_rule', 'checkin_on'];
        end if;
    end if;
    return array_length(open, 1) > 1 and to_jsonb(new) - open = to_jsonb(old) - open
        and (new.state = old.state or new.state in ('held', 'with_speakers', 'confirmed', 'closed'));
end $$;
create policy may_be_update on listening_session as restrictive for update to app_login using (true) with check (session_may_be(listening_session));
create policy may_be_insert on listening_session as restrictive for insert to app_login with check ((select current_hat()) in ('director', 'staff'));
create policy may_be_delete on listening_session as restrictive for delete to app_login using ((select current_hat()) in ('director', 'staff'));
