-- A guest under a protocol may also be another body's people, all of them, until a day.
alter table protocol_reader add column guest_body_id uuid;
alter table protocol_reader add foreign key (agency_id, guest_body_id) references partner (agency_id, id);
alter table protocol_reader drop constraint protocol_reader_check;
alter table protocol_reader add constraint protocol_reader_one check (num_nonnulls(membership_id, role, guest_body_id) = 1);
alter table protocol_reader add constraint protocol_reader_of_another check (guest_body_id <> body_id);
create unique index protocol_reader_body_once on protocol_reader (agency_id, protocol_id, guest_body_id) where guest_body_id is not null;
drop policy audience_select on protocol_reader;
drop policy audience_update on protocol_reader;
drop policy audience_delete on protocol_reader;
select keep_to_audience('protocol_reader', '(body_id = (select stewards_body()) or ((select current_hat()) <> ''administrator'' '
    'and coalesce(ends_at > (select current_moment()), true) and (membership_id = (select current_membership()) or role = (select current_hat()) '
    'or guest_body_id = (select current_body()))))');
-- Whoever was let in leaves by themselves; a body that was, by the word of its steward.
alter policy may_be_delete on protocol_reader
    using (membership_id = (select current_membership()) or guest_body_id = (select stewards_body()) or may_narrow(body_id));
create or replace function protocol_reader_may_be(new protocol_reader) returns boolean language plpgsql stable as $$
declare
    old protocol_reader;
begin
    select r.* into old from protocol_reader r where r.agency_id = new.agency_id and r.id = new.id;
    if old.id is null then
        return may_widen(new.body_id) and not exists (select 1 from membership m where m.agency_id = new.agency_id and m.id = new.membership_id
                and (m.role = 'administrator' or m.state in ('proposed', 'ended')))
            and not exists (select 1 from partner b where b.agency_id = new.agency_id and b.id = new.guest_body_id and b.merged_into is not null)
            and exists (select 1 from protocol p where p.agency_id = new.agency_id and p.id = new.protocol_id and p.ended_at is null);
    end if;
    if (new.protocol_id, new.body_id, new.added_by, new.created_at) <> (old.protocol_id, old.body_id, old.added_by, old.created_at)
        or new.membership_id is distinct from old.membership_id or new.role is distinct from old.role
        or new.guest_body_id is distinct from old.guest_body_id then
        return false;
    end if;
    return case when coalesce(new.ends_at, 'infinity') <= coalesce(old.ends_at, 'infinity') then may_narrow(new.body_id) else may_widen(new.body_id) end;
end $$;

-- A body's own copy is the body's affair: of a task about it only whoever took it, the body's stewards and those who can see the record,
-- and the comment where it is one's, are told. The agency's recall list says nothing of words that nobody of the agency may know of.
select keep_to_audience('recall', '(copy_id is null or taken_by = (select current_membership()) '
    'or exists (select 1 from body_copy c where c.agency_id = recall.agency_id and c.id = recall.copy_id) '
    'or (exists (select 1 from subject s where s.agency_id = recall.agency_id and s.id = recall.subject_id) '
    'and (of_comment is null or exists (select 1 from comment c where c.agency_id = recall.agency_id and c.id = recall.of_comment))))', 'of_copy');
-- Whoever took a body's copy says that they deleted it.
alter table body_copy_taken add column deleted_at timestamptz;
grant update (deleted_at) on body_copy_taken to app_login;
-- Whoever took a copy does its task, also where it is a comment's.
drop policy of_comment_select on recall;
drop policy of_comment_update on recall;
drop policy of_comment_delete on recall;
select keep_to_audience('recall', '(of_comment is null or (select current_hat()) in (''director'', ''staff'') '
    'or (copy_id is not null and taken_by = (select current_membership())) '
    'or exists (select 1 from comment c where c.agency_id = recall.agency_id and c.id = recall.of_comment and c.author_id = (select current_membership())))', 'of_comment');
