-- The stewards' desk: what the agency holds of a body, on one page; a mark that a record concerns a body; a copy of all that is theirs.

-- A record concerns a body: said by the agency's side or by the body itself. It opens nothing: whoever cannot read the record sees
-- no mark on it.
create table concern (
    agency_id uuid not null default current_agency() references agency (id),
    subject_id uuid not null,
    body_id uuid not null,
    by_body boolean not null default false,
    marked_by uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, subject_id, body_id),
    foreign key (agency_id, subject_id) references subject (agency_id, id),
    foreign key (agency_id, body_id) references partner (agency_id, id),
    foreign key (agency_id, marked_by) references membership (agency_id, id)
);
create index concern_of_body on concern (agency_id, body_id);
select keep_within_agency('concern', 'select, insert, delete');
select keep_with_subject('concern', 'subject_id');
select keep_to_audience('concern', '((select current_hat()) in (''director'', ''staff'', ''analyst'', ''administrator'') or body_id = (select current_body()))');
-- What a body says of itself only the body takes back.
create function concern_may_be(mark concern) returns boolean language plpgsql stable as $$
begin
    return case when mark.by_body then mark.body_id = current_body() and serves_as_steward(mark.body_id)
        else current_hat() in ('director', 'staff') end
        and exists (select 1 from subject s where s.agency_id = mark.agency_id and s.id = mark.subject_id);
end $$;
create policy marked on concern as restrictive for insert to app_login
    with check (marked_by = (select current_membership()) and concern_may_be(concern));
create policy taken_away on concern as restrictive for delete to app_login
    using (concern_may_be(concern) or (body_id = (select current_body()) and serves_as_steward(body_id)));

-- A copy that a body's steward took of all that is theirs. The body reads who took which and when; the file lives for seven days.
create table body_copy (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    body_id uuid not null,
    made_by uuid not null,
    records integer not null,
    file_id uuid,
    void_at timestamptz,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, body_id) references partner (agency_id, id),
    foreign key (agency_id, made_by) references membership (agency_id, id),
    foreign key (agency_id, file_id) references file (agency_id, id)
);
create index body_copy_of on body_copy (agency_id, body_id, created_at desc);
select keep_within_agency('body_copy', 'select, insert, update');
select keep_to_audience('body_copy', '(body_id = (select current_body()) and serves_as_steward(body_id))');
create policy own_copy on body_copy as restrictive for insert to app_login
    with check (body_id = (select current_body()) and made_by = (select current_membership()) and serves_as_steward(body_id));

-- Whose words are in it, so that words taken back are called back from it.
create table body_copy_row (
    agency_id uuid not null default current_agency() references agency (id),
    copy_id uuid not null,
    -- A statement, a question or a comment.
    word_id uuid not null,
    primary key (agency_id, copy_id, word_id),
    foreign key (agency_id, copy_id) references body_copy (agency_id, id)
);
create index body_copy_row_of on body_copy_row (agency_id, word_id);
select keep_within_agency('body_copy_row', 'select, insert');
select keep_to_audience('body_copy_row', '(exists (select 1 from body_copy c where c.agency_id = body_copy_row.agency_id and c.id = body_copy_row.copy_id))');

-- Each time the file left.
create table body_copy_taken (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    copy_id uuid not null,
    taken_by uuid not null,
    created_at timestamptz not null,
    opened_at timestamptz,
    primary key (agency_id, id),
    foreign key (agency_id, copy_id) references body_copy (agency_id, id),
    foreign key (agency_id, taken_by) references membership (agency_id, id)
);
create index body_copy_taken_of on body_copy_taken (agency_id, copy_id);
select keep_within_agency('body_copy_taken', 'select, insert');
grant update (opened_at) on body_copy_taken to app_login;
select keep_to_audience('body_copy_taken', '(exists (select 1 from body_copy c where c.agency_id = body_copy_taken.agency_id and c.id = body_copy_taken.copy_id))');
create policy own_taking on body_copy_taken as restrictive for insert to app_login with check (taken_by = (select current_membership()));
create policy own_door on body_copy_taken as restrictive for update to app_login using (taken_by = (select current_membership()));

-- What is called back of it stands on the recall list like any other copy.
alter table recall add column copy_id uuid;
alter table recall add foreign key (agency_id, copy_id) references body_copy (agency_id, id);
create index recall_of_copy on recall (agency_id, copy_id) where copy_id is not null;
-- A body's own copy is the body's affair: of it only whoever took it, the body's stewards and those who can see the record are told.
