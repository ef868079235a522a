-- Local Contexts labels: a body's own, on one item or on everything of its people, kept as its community's own text and a link to its own
-- page. The agency never sets one; it may put a notice, which stands apart and is marked as the agency's.
create table community_label (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    body_id uuid not null,
    -- Neither: on all that the body's people contribute.
    subject_id uuid,
    comment_id uuid,
    name text not null,
    words text not null,
    link text not null,
    set_by uuid not null,
    created_at timestamptz not null,
    ended_at timestamptz,
    primary key (agency_id, id),
    check (num_nonnulls(subject_id, comment_id) <= 1),
    foreign key (agency_id, body_id) references partner (agency_id, id),
    foreign key (agency_id, subject_id) references subject (agency_id, id),
    foreign key (agency_id, comment_id) references comment (agency_id, id),
    foreign key (agency_id, set_by) references membership (agency_id, id)
);
create index community_label_of_subject on community_label (agency_id, subject_id) where subject_id is not null and ended_at is null;
create index community_label_of_comment on community_label (agency_id, comment_id) where comment_id is not null and ended_at is null;
create index community_label_of_body on community_label (agency_id, body_id) where ended_at is null;

create table label_notice (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    -- A body's own entry is a record like any other.
    subject_id uuid,
    comment_id uuid,
    kind text not null check (kind in ('attribution_incomplete', 'open_to_collaborate', 'traditional_knowledge', 'biocultural')),
    words text not null default '',
    put_by uuid not null,
    created_at timestamptz not null,
    ended_at timestamptz,
    primary key (agency_id, id),
    check (num_nonnulls(subject_id, comment_id) = 1),
    foreign key (agency_id, subject_id) references subject (agency_id, id),
    foreign key (agency_id, comment_id) references comment (agency_id, id),
    foreign key (agency_id, put_by) references membership (agency_id, id)
);
create index label_notice_of_subject on label_notice (agency_id, subject_id) where subject_id is not null and ended_at is null;
create index label_notice_of_comment on label_notice (agency_id, comment_id) where comment_id is not null and ended_at is null;

select keep_within_agency('community_label', 'select, insert, update');
select keep_within_agency('label_notice', 'select, insert, update');
-- Read with what they stand on.
select keep_to_audience('community_label', '((subject_id is null or exists (select 1 from subject s where s.agency_id = community_label.agency_id '
    'and s.id = community_label.subject_id)) and (comment_id is null or exists (select 1 from comment c where c.agency_id = community_label.agency_id '
    'and c.id = community_label.comment_id)))');
select keep_to_audience('label_notice', '((subject_id is null or exists (select 1 from subject s where s.agency_id = label_notice.agency_id '
    'and s.id = label_notice.subject_id)) and (comment_id is null or exists (select 1 from comment c where c.agency_id = label_notice.agency_id '
    'and c.id = label_notice.comment_id)))');

-- Set and taken off by the body's stewards, two of them where there are two; never changed.
create function community_label_may_be(new community_label) returns boolean language plpgsql stable as $$
declare
    old community_label;
begin
    select l.* into old from community_label l where l.agency_id = new.agency_id and l.id = new.id;
    if old.id is null then
        return new.set_by = current_membership() and new.ended_at is null and may_widen(new.body_id)
            and (coalesce(new.subject_id, new.comment_id) is null or body_of_item(coalesce(new.subject_id, new.comment_id)) = new.body_id);
    end if;
    return old.ended_at is null and new.ended_at is not null and may_widen(old.body_id)
        and to_jsonb(new) - 'ended_at' = to_jsonb(old) - 'ended_at';
end $$;
create policy may_be_insert on community_label as restrictive for insert to app_login with check (community_label_may_be(community_label));
create policy may_be_update on community_label as restrictive for update to app_login using (true) with check (community_label_may_be(community_label));
create function label_notice_may_be(new label_notice) returns boolean language plpgsql stable as $$
declare
    old label_notice;
begin
    select n.* into old from label_notice n where n.agency_id = new.agency_id and n.id = new.id;
    if current_hat() not in ('director', 'staff') then
        return false;
    end if;
    if old.id is null then
        return new.put_by = current_membership() and new.ended_at is null
            and (new.subject_id is null or exists (select 1 from subject s where s.agency_id = new.agency_id and s.id = new.subject_id))
            and (new.comment_id is null or exists (select 1 from comment c where c.agency_id = new.agency_id and c.id = new.comment_id));
    end if;
    return old.ended_at is null and to_jsonb(new) - 'ended_at' = to_jsonb(old) - 'ended_at';
end $$;
create policy may_be_insert on label_notice as restrictive for insert to app_login with check (label_notice_may_be(label_notice));
create policy may_be_update on label_notice as restrictive for update to app_login using (true) with check (label_notice_may_be(label_notice));

-- Whether anything stands beside a row: most lists look no further. It follows from the tables; nobody but the keeper writes it.
alter table subject add column marked boolean not null default false;
alter table comment add column marked boolean not null default false;
alter table partner add column labelled boolean not null default false;
create or replace function keeps_protocols(new subject) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from subject s where s.agency_id = new.agency_id and s.id = new.id
        and new.protocols is not distinct from s.protocols and new.marked = s.marked);
end $$;
create or replace function keeps_protocols(new comment) returns boolean language plpgsql stable as $$
declare
    old comment;
begin
    select c.* into old from comment c where c.agency_id = new.agency_id and c.id = new.id;
    if old.id is null then
        return new.protocols is null and not new.marked and new.thread_protocols is not distinct from
            (select c.protocols from comment c where c.agency_id = new.agency_id and c.id = new.parent_id);
    end if;
    return new.protocols is not distinct from old.protocols and new.thread_protocols is not distinct from old.thread_protocols
        and new.marked = old.marked;
end $$;
create function keeps_labels(new partner) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from partner p where p.agency_id = new.agency_id and p.id = new.id and p.labelled = new.labelled);
end $$;
create policy keeps_labels on partner as restrictive for update to app_login using (true) with check (keeps_labels(partner));

-- What stands beside an item, for whoever may see it: labels of its body, on it and on everything of that body; the protocols under
-- which the reader reads; notices of the agency. Without an item, what stands beside the body itself.
create function marks_beside(item uuid, body uuid) returns json language plpgsql stable as $$
begin
    return (select coalesce(json_agg(json_build_object('item', m.item, 'what', m.what, 'id', m.id, 'name', m.name, 'words', m.words, 'link', m.link,
            'body', m.body) order by m.place, m.at, m.id), '[]')
        from (select 1 as place, l.created_at as at, marks_beside.item as item, 'label' as what, l.id, l.name, l.words, l.link, b.name as body
              from community_label l join partner b on b.agency_id = l.agency_id and b.id = l.body_id
              where l.agency_id = current_agency() and l.ended_at is null and l.subject_id = marks_beside.item
              union all
              select 1, l.created_at, marks_beside.item, 'label', l.id, l.name, l.words, l.link, b.name
              from community_label l join partner b on b.agency_id = l.agency_id and b.id = l.body_id
              where l.agency_id = current_agency() and l.ended_at is null and l.comment_id = marks_beside.item
              union all
              select 2, l.created_at, null, 'label', l.id, l.name, l.words, l.link, b.name
              from community_label l join partner b on b.agency_id = l.agency_id and b.id = l.body_id
              where l.agency_id = current_agency() and l.ended_at is null and l.body_id = marks_beside.body
                and l.subject_id is null and l.comment_id is null
              union all
              select 3, i.created_at, i.item_id, 'protocol', p.id, p.name, p.words, case when p.shows_reasons then p.reasons else '' end, b.name
              from item_protocol i join protocol p on p.agency_id = i.agency_id and p.id = i.protocol_id
              join partner b on b.agency_id = p.agency_id and b.id = p.body_id
              where i.agency_id = current_agency() and i.item_id = marks_beside.item and p.ended_at is null
              union all
              select 4, n.created_at, marks_beside.item, 'notice', n.id, n.kind, n.words, '', null
              from label_notice n where n.agency_id = current_agency() and n.ended_at is null and n.subject_id = marks_beside.item
              union all
              select 4, n.created_at, marks_beside.item, 'notice', n.id, n.kind, n.words, '', null
              from label_notice n where n.agency_id = current_agency() and n.ended_at is null and n.comment_id = marks_beside.item) m);
end $$;
-- For the keeper and for `verify`.
create function is_marked(item uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from community_label l where l.agency_id = current_agency() and l.ended_at is null and l.subject_id = item)
        or exists (select 1 from community_label l where l.agency_id = current_agency() and l.ended_at is null and l.comment_id = item)
        or exists (select 1 from label_notice n where n.agency_id = current_agency() and n.ended_at is null and n.subject_id = item)
        or exists (select 1 from label_notice n where n.agency_id = current_agency() and n.ended_at is null and n.comment_id = item)
        or exists (select 1 from item_protocol i where i.agency_id = current_agency() and i.item_id = item);
end $$;
