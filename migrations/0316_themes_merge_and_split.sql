-- A theme is merged into another, or a part of it becomes one of its own. The old name leads to what became of it; for 30 days it can be
-- undone. Sources move as they are: who reads them does not change.
alter table theme add column merged_into uuid, add foreign key (agency_id, merged_into) references theme (agency_id, id);
create index theme_merged_into on theme (agency_id, merged_into) where merged_into is not null;

create table theme_change (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    kind text not null check (kind in ('merge', 'split')),
    from_id uuid not null,
    into_id uuid not null,
    reason text not null,
    by_id uuid not null,
    made_at timestamptz not null,
    undone_at timestamptz,
    undone_by uuid,
    primary key (agency_id, id),
    foreign key (agency_id, from_id) references theme (agency_id, id),
    foreign key (agency_id, into_id) references theme (agency_id, id),
    foreign key (agency_id, by_id) references membership (agency_id, id),
    foreign key (agency_id, undone_by) references membership (agency_id, id),
    check (from_id <> into_id)
);
create index theme_change_from on theme_change (agency_id, from_id, made_at desc);
create index theme_change_into on theme_change (agency_id, into_id, made_at desc);
select keep_within_agency('theme_change', 'select, insert, update');
revoke update on theme_change from app_login;
grant update (undone_at, undone_by) on theme_change to app_login;
create policy by_whom_insert on theme_change as restrictive for insert to app_login
    with check ((select current_hat()) in ('director', 'staff') and by_id = (select current_membership()));
create policy by_whom_update on theme_change as restrictive for update to app_login
    using ((select current_hat()) in ('director', 'staff')) with check (undone_by = (select current_membership()));
select keep_with_subject('theme_change', 'from_id');
select keep_with_subject('theme_change', 'into_id');

-- Every join that moved, so that it can go back. Nobody but the keeper looks here: some of what moved is hidden from whoever moved it.
create table theme_moved (
    agency_id uuid not null default current_agency() references agency (id),
    change_id uuid not null,
    other_id uuid not null,
    kind text not null,
    outgoing boolean not null,
    joined_by uuid not null,
    joined_at timestamptz not null,
    -- The other theme had the same join before.
    was_there boolean not null,
    primary key (agency_id, change_id, other_id, kind, outgoing, joined_by),
    foreign key (agency_id, change_id) references theme_change (agency_id, id),
    foreign key (agency_id, other_id) references subject (agency_id, id)
);
select keep_within_agency('theme_moved');
revoke insert, update, delete on theme_moved from app_login;
select keep_to_audience('theme_moved', '(false)');

-- Whether two themes are read by the same people: only then may one be merged into the other, so that nothing is known to more.
create function are_read_alike(one uuid, other uuid) returns boolean language sql stable as $$
    select a.audience = b.audience and a.body_id is not distinct from b.body_id and a.author_id is not distinct from b.author_id
        and coalesce(a.protocols, 0) = 0 and coalesce(b.protocols, 0) = 0
    from subject a join subject b on b.agency_id = a.agency_id
    where a.agency_id = current_agency() and a.id = one and b.id = other
$$;
