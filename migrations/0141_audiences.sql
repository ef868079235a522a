-- Audience where it was missing: former texts keep the readers they were written for, nobody's transaction widens what it may
-- not, and the tables around the records show their rows to those whom they concern.

-- A former text is read by those who could read it then, as far as they can read the comment now.
alter table comment_revision add column audience text not null default 'author'
    check (audience in ('author', 'body', 'leadership', 'agency', 'partnership', 'public'));
alter table comment_revision add column body_id uuid;
alter table comment_revision add foreign key (agency_id, body_id) references partner (agency_id, id);
select keep_to_audience('comment_revision', '(exists (select 1 from comment c where c.agency_id = comment_revision.agency_id and c.id = comment_revision.comment_id '
    'and (c.to_id = (select current_membership()) or '
    || audience_rule('comment_revision.audience', 'comment_revision.body_id', 'c.author_id') || ')))', 'readers_then');
-- The same for former versions of records; none means those who read the record.
alter table revision add column audience text check (audience in ('author', 'body', 'leadership', 'agency', 'partnership', 'public'));
select keep_to_audience('revision', '(audience is null or exists (select 1 from subject s where s.agency_id = revision.agency_id and s.id = revision.subject_id and '
    || audience_rule('revision.audience', 's.body_id', 's.author_id') || '))', 'readers_then');

-- Whether the asker decides for the body.
create function is_steward_of(body uuid) returns boolean language sql stable as $$
    select exists (select 1 from membership m where m.agency_id = current_agency() and m.id = current_membership()
        and m.partner_id = body and m.steward and m.state = 'active')
$$;

-- What a transaction of the site may make of a record. The author decides who reads it, and whoever inherited a question; a
-- statement only by the keeper, after the speaker's word; the agency's own records its directors and staff.
create function subject_may_be(new subject) returns boolean language plpgsql stable as $$
declare
    old subject;
    me uuid := current_membership();
begin
    select s.* into old from subject s where s.agency_id = new.agency_id and s.id = new.id;
    if old.id is null then
        return case when new.kind = 'statement' then new.audience = 'author'
            else new.author_id is null or new.author_id is not distinct from me or new.audience = 'author' end;
    end if;
    if new.kind <> old.kind or new.created_at <> old.created_at or new.author_id is distinct from old.author_id
        or new.withdrawn_at is distinct from old.withdrawn_at or (new.for_analysts and not old.for_analysts) then
        return false;
    end if;
    if new.audience = old.audience and new.body_id is not distinct from old.body_id then
        return true;
    end if;
    if old.kind = 'statement' then
        return false;
    end if;
    if old.author_id is null then
        return current_hat() in ('director', 'staff');
    end if;
    return new.body_id is not distinct from old.body_id and (old.author_id = me or is_steward_of(old.body_id)
        or exists (select 1 from loop l where l.agency_id = old.agency_id and l.id = old.id and l.heir_id = me));
end $$;
create policy may_be_insert on subject as restrictive for insert to app_login with check (subject_may_be(subject));
create policy may_be_update on subject as restrictive for update to app_login using (true) with check (subject_may_be(subject));

-- Consent is the keeper's to enter. Words are mended while they wait for their speaker; afterwards they stand.
revoke update on statement from app_login;
grant update (words, folded, language, sensitivity, wanted_audience, state, owner_id, next_step, next_on, version) on statement to app_login;
create function statement_may_be(new statement) returns boolean language plpgsql stable as $$
declare
    old statement;
begin
    select s.* into old from statement s where s.agency_id = new.agency_id and s.id = new.id;
    if old.state in ('draft', 'with_speaker') then
        return new.state in ('draft', 'with_speaker');
    end if;
    return new.state = old.state and new.words is not distinct from old.words and new.folded is not distinct from old.folded
        and new.wanted_audience = old.wanted_audience and new.language = old.language;
end $$;
create policy may_be_update on statement as restrictive for update to app_login using (true) with check (statement_may_be(statement));

-- A comment's words are its author's; moderators and the steward who looks again hide them and show them. Who reads it is
-- chosen by the author or the author's body's steward.
create function comment_may_be(new comment) returns boolean language plpgsql stable as $$
declare
    old comment;
    me uuid := current_membership();
begin
    select c.* into old from comment c where c.agency_id = new.agency_id and c.id = new.id;
    if old.id is null then
        return new.author_id = me;
    end if;
    if new.author_id <> old.author_id or new.subject_id <> old.subject_id or new.body_id is distinct from old.body_id
        or new.parent_id is distinct from old.parent_id or new.to_id is distinct from old.to_id or new.created_at <> old.created_at then
        return false;
    end if;
    if old.author_id = me then
        return true;
    end if;
    if new.audience <> old.audience and not (old.parent_id is null and is_steward_of(old.body_id)) then
        return false;
    end if;
    return new.as_body = old.as_body and (new.words is not distinct from old.words or current_hat() in ('director', 'staff')
        or (old.moderator_asked_at is not null and old.hidden_because is not null));
end $$;
create policy may_be_insert on comment as restrictive for insert to app_login with check (comment_may_be(comment));
create policy may_be_update on comment as restrictive for update to app_login using (true) with check (comment_may_be(comment));

-- Once the author asked for a second look, the partners' stewards who may read the page may read the comment to look again.
drop policy audience_select on comment;
drop policy audience_update on comment;
drop policy audience_delete on comment;
select keep_to_audience('comment', '(to_id = (select current_membership()) or looked_again_by = (select current_membership()) or '
    || audience_rule('audience', 'body_id', 'author_id')
    || ' or (moderator_asked_at is not null and hidden_because is not null and exists (select 1 from membership m where m.agency_id = comment.agency_id '
    'and m.id = (select current_membership()) and m.steward)))');

-- Being administrator opens no partner's words.
select keep_to_audience('statement', '((select current_hat()) <> ''administrator'')', 'no_words');
select keep_to_audience('comment', '((select current_hat()) <> ''administrator'')', 'no_words');
select keep_to_audience('loop', '((select current_hat()) <> ''administrator'')', 'no_words');
-- A question is called by its first words.
select keep_to_audience('subject', '((select current_hat()) <> ''administrator'' or kind <> ''loop'')', 'no_words');

-- What happens on the agency's side before an answer goes out is not told to the partners' side.
select keep_to_audience('happening', '(what not in (''sent for review'', ''returned by the director'') '
    'or (select current_hat()) in (''director'', ''staff'', ''analyst''))', 'before_the_answer');

-- Who read: the reader, the author and the steward of the author's body. A comment is read on its record's page.
alter table reading add column comment_id uuid;
alter table reading add foreign key (agency_id, comment_id) references comment (agency_id, id);
create index reading_of_comment on reading (agency_id, comment_id, at) where comment_id is not null;
select keep_to_audience('reading', '(membership_id = (select current_membership()) or case when comment_id is null '
    'then exists (select 1 from subject s where s.agency_id = reading.agency_id and s.id = reading.subject_id and (s.author_id = (select current_membership()) '
    'or (s.body_id = (select current_body()) and exists (select 1 from membership m where m.agency_id = s.agency_id and m.id = (select current_membership()) and m.steward)))) '
    'else exists (select 1 from comment c join membership a on a.agency_id = c.agency_id and a.id = c.author_id where c.agency_id = reading.agency_id and c.id = reading.comment_id '
    'and (c.author_id = (select current_membership()) or (a.partner_id = (select current_body()) and exists (select 1 from membership m where m.agency_id = c.agency_id '
    'and m.id = (select current_membership()) and m.steward)))) end)', 'whom_it_concerns');
-- Every change of consent: whoever entered it, the speaker, the steward of the speaker's body.
select keep_to_audience('consent_change', '(by_id = (select current_membership()) or exists (select 1 from subject s where s.agency_id = consent_change.agency_id '
    'and s.id = consent_change.statement_id and (s.author_id = (select current_membership()) or (s.body_id = (select current_body()) and exists (select 1 from membership m '
    'where m.agency_id = s.agency_id and m.id = (select current_membership()) and m.steward)))))', 'whom_it_concerns');
-- Duties are lent within the agency.
select keep_to_audience('delegation', '((select current_hat()) in (''director'', ''staff'', ''analyst'', ''administrator'') '
    'or lent_to = (select current_membership()) or lent_by = (select current_membership()))');
-- What a form answered: whoever sent it.
select keep_to_audience('idempotency', '(actor = coalesce((select current_membership()), (select current_link()), ''00000000-0000-0000-0000-000000000000''))');
-- The hat of a sign-in: whose sign-in it is.
select keep_to_audience('session_hat', '(exists (select 1 from session s where s.id = session_hat.session_id))');
create policy own_insert on session_hat as restrictive for insert to app_login with check (exists (select 1 from session s where s.id = session_hat.session_id));
