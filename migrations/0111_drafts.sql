-- What somebody has begun to write under one hat and has not sent: theirs alone, until they send it or throw it away. Words that
-- are taken back go from here as from every other text (erase_copies).
create table draft (
    agency_id uuid not null default current_agency() references agency (id),
    membership_id uuid not null,
    page text not null check (char_length(page) between 1 and 300),
    action text not null check (char_length(action) between 1 and 300),
    fields jsonb not null,
    saved_at timestamptz not null,
    primary key (agency_id, membership_id, page),
    foreign key (agency_id, membership_id) references membership (agency_id, id)
);
select keep_within_agency('draft');
select keep_to_audience('draft', '(membership_id = (select current_membership()))');
create policy own on draft as restrictive for insert to app_login with check (membership_id = (select current_membership()));
