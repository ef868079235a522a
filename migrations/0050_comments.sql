-- A reply is always readable by the person it answers; hidden words stand apart from the comment they were taken from.
alter table comment add column to_id uuid;
alter table comment add column looked_again_at timestamptz;
alter table comment add column looked_again_by uuid;
alter table comment add foreign key (agency_id, to_id) references membership (agency_id, id);
alter table comment add foreign key (agency_id, looked_again_by) references membership (agency_id, id);
alter table comment add foreign key (agency_id, hidden_by) references membership (agency_id, id);
create index comment_hidden_by_time on comment (agency_id, created_at desc) where hidden_because is not null;

drop policy audience_select on comment;
drop policy audience_update on comment;
drop policy audience_delete on comment;
select keep_to_audience('comment', '(to_id = (select current_membership()) or ' || audience_rule('audience', 'body_id', 'author_id') || ')');

-- The words as they were before a moderator hid them or a passage of them: for the author, for moderators and, when the
-- author asked, for a steward who looks again. A comment's own `words` never hold what is hidden.
create table comment_hidden (
    agency_id uuid not null default current_agency() references agency (id),
    comment_id uuid not null,
    words text not null,
    created_at timestamptz not null,
    primary key (agency_id, comment_id),
    foreign key (agency_id, comment_id) references comment (agency_id, id)
);
select keep_within_agency('comment_hidden');
select keep_to_audience('comment_hidden', '(exists (select 1 from comment c where c.agency_id = comment_hidden.agency_id and c.id = comment_hidden.comment_id '
    'and (c.author_id = (select current_membership()) or (select current_hat()) in (''director'', ''staff'') '
    'or (c.moderator_asked_at is not null and exists (select 1 from membership m where m.agency_id = c.agency_id '
    'and m.id = (select current_membership()) and m.steward)))))');

-- Former texts of a comment that is hidden are hidden with it.
select keep_to_audience('comment_revision', '(exists (select 1 from comment c where c.agency_id = comment_revision.agency_id and c.id = comment_revision.comment_id '
    'and (c.hidden_because is null or c.author_id = (select current_membership()) or (select current_hat()) in (''director'', ''staff''))))', 'hidden');
