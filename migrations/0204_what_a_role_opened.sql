-- What a role opened ends with the role. Identities and consent cards are read by directors, staff and the people at the table;
-- whatever duty or name still stands somewhere opens nothing to an analyst or an administrator.
select keep_to_audience('speaker', '((select current_hat()) not in (''analyst'', ''administrator''))', 'of_their_role');
select keep_to_audience('member_identity', '(membership_id = (select current_membership()) or (select current_hat()) not in (''analyst'', ''administrator''))', 'of_their_role');
grant update (ended_at) on delegation to app_keeper;

-- A steward who looked again reads what they looked at, not what its author made of it later.
alter table comment add column looked_again_version integer;
drop policy audience_select on comment;
drop policy audience_update on comment;
drop policy audience_delete on comment;
select keep_to_audience('comment', '(to_id = (select current_membership()) '
    'or (looked_again_by = (select current_membership()) and looked_again_version = version) or '
    || audience_rule('audience', 'body_id', 'author_id')
    || ' or (moderator_asked_at is not null and hidden_because is not null and exists (select 1 from membership m where m.agency_id = comment.agency_id '
    'and m.id = (select current_membership()) and m.steward)))');

-- Somebody of the partners' side has read a record or spoken of it: it stays with the body it was kept with. The keeper asks,
-- because the words are not for everybody to see.
create function known_to_partners(record uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from comment c join membership a on a.agency_id = c.agency_id and a.id = c.author_id and a.role = 'partner'
            where c.agency_id = current_agency() and c.subject_id = record)
        or exists (select 1 from reading r join membership a on a.agency_id = r.agency_id and a.id = r.membership_id and a.role = 'partner'
            where r.agency_id = current_agency() and r.subject_id = record);
end $$;
create function body_may_be(new subject) returns boolean language plpgsql stable as $$
declare
    old subject;
begin
    select s.* into old from subject s where s.agency_id = new.agency_id and s.id = new.id;
    return old.body_id is null or new.body_id is not distinct from old.body_id;
end $$;
create policy stays_with_body on subject as restrictive for update to app_login using (true) with check (body_may_be(subject));
