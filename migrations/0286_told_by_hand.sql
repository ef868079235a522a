-- Somebody who speaks from lived experience and chose another way than email gets no letter about the agency. That something waits
-- for them is known to the facilitators whom they chose, who tell them; what it is, they read themselves. A row for each notice, so that
-- whoever causes one need not know how its reader is reached; it is seen only where it is to be told.
create table told_by_hand (
    agency_id uuid not null default current_agency() references agency (id),
    notice_id uuid not null,
    membership_id uuid not null,
    made_at timestamptz not null,
    -- They read it themselves.
    read_at timestamptz,
    -- Somebody told them.
    handed_at timestamptz,
    handed_by uuid,
    primary key (agency_id, notice_id),
    foreign key (agency_id, notice_id) references notice (agency_id, id) on delete cascade,
    foreign key (agency_id, membership_id) references membership (agency_id, id),
    foreign key (agency_id, handed_by) references membership (agency_id, id),
    check ((handed_at is null) = (handed_by is null))
);
create index told_by_hand_waiting on told_by_hand (agency_id, membership_id) where read_at is null and handed_at is null;
select keep_within_agency('told_by_hand', 'select, insert');
grant update (read_at, handed_at, handed_by) on told_by_hand to app_login;
select keep_to_audience('told_by_hand', '(membership_id = (select current_membership()) or ((select current_hat()) in (''director'', ''staff'') '
    'and exists (select 1 from member_identity i join membership m on m.agency_id = i.agency_id and m.id = i.membership_id '
    'where i.agency_id = told_by_hand.agency_id and i.membership_id = told_by_hand.membership_id '
    'and m.lived_experience and i.reach_channel not in ('''', ''email''))))');
-- Nobody says for another that they told somebody.
create policy own_hand on told_by_hand as restrictive for update to app_login
    with check (membership_id = (select current_membership()) or handed_by = (select current_membership()));
