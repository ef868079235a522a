-- Groups of the partnership: boards, networks, councils and teams, with a charter in versions, seats by constituency, and who sits in
-- them, for how long and on whose mandate. Who sits for a body is named by that body.
create table joint_group (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    kind text not null check (kind in ('board', 'network', 'council', 'implementation', 'leadership')),
    name text not null,
    purpose text not null default '',
    method text not null check (method in ('consensus', 'majority', 'each_side', 'advice')),
    method_note text not null default '',
    reports_to uuid,
    open_law boolean not null default false,
    agenda_days smallint not null default 3 check (agenda_days between 1 and 60),
    state text not null default 'active' check (state in ('active', 'ended')),
    version integer not null default 1,
    created_by uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, id) references subject (agency_id, id),
    foreign key (agency_id, reports_to) references joint_group (agency_id, id),
    foreign key (agency_id, created_by) references membership (agency_id, id),
    check (reports_to <> id)
);
create index group_reporting on joint_group (agency_id, reports_to);
select keep_within_agency('joint_group', 'select, insert, update');
select keep_with_subject('joint_group');
create policy kept_insert on joint_group as restrictive for insert to app_login with check ((select current_hat()) in ('director', 'staff'));
create policy kept_update on joint_group as restrictive for update to app_login using ((select current_hat()) in ('director', 'staff'));

-- Versions of the charter are only added: a new one is in force from when it is written, and those before it stay to be read.
create table group_charter (
    agency_id uuid not null default current_agency() references agency (id),
    group_id uuid not null,
    version integer not null,
    text text not null,
    agreed text not null default '',
    by_id uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, group_id, version),
    foreign key (agency_id, group_id) references joint_group (agency_id, id),
    foreign key (agency_id, by_id) references membership (agency_id, id)
);
select keep_within_agency('group_charter', 'select, insert');
grant update (text, agreed) on group_charter to app_keeper;
select keep_with_subject('group_charter', 'group_id');
create policy kept_insert on group_charter as restrictive for insert to app_login with check ((select current_hat()) in ('director', 'staff'));

create table group_seat (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    group_id uuid not null,
    constituency text not null check (constituency in ('agency', 'tribes', 'community_partners', 'lived_experience')),
    title text not null default '',
    is_chair boolean not null default false,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, group_id) references joint_group (agency_id, id)
);
create index seat_of_group on group_seat (agency_id, group_id);
select keep_within_agency('group_seat', 'select, insert');
grant update (title, constituency) on group_seat to app_keeper;
select keep_with_subject('group_seat', 'group_id');
create policy kept_insert on group_seat as restrictive for insert to app_login with check ((select current_hat()) in ('director', 'staff'));

-- Who sits: somebody of the agency, a person without a body, or a body, which names its person itself.
create table seat_term (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    group_id uuid not null,
    seat_id uuid not null,
    partner_id uuid,
    membership_id uuid,
    mandate text not null default '',
    from_on date not null,
    until_on date,
    ended_on date,
    named_by uuid,
    named_at timestamptz,
    given_by uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, group_id) references joint_group (agency_id, id),
    foreign key (agency_id, seat_id) references group_seat (agency_id, id),
    foreign key (agency_id, partner_id) references partner (agency_id, id),
    foreign key (agency_id, membership_id) references membership (agency_id, id),
    foreign key (agency_id, given_by) references membership (agency_id, id),
    foreign key (agency_id, named_by) references membership (agency_id, id),
    check (partner_id is not null or membership_id is not null),
    check (until_on is null or until_on >= from_on)
);
-- One at a time in a seat.
create unique index one_in_a_seat on seat_term (agency_id, seat_id) where ended_on is null;
create index term_of_group on seat_term (agency_id, group_id);
create index term_of_member on seat_term (agency_id, membership_id) where ended_on is null;
select keep_within_agency('seat_term', 'select, insert, update');
select keep_with_subject('seat_term', 'group_id');

-- The agency gives a seat and ends a term; who sits for a body is the word of somebody who speaks for it, and one of its own people.
create function term_may_be(new seat_term) returns boolean language plpgsql stable as $$
declare
    old seat_term;
    staff boolean := current_hat() in ('director', 'staff');
begin
    select t.* into old from seat_term t where t.agency_id = new.agency_id and t.id = new.id;
    if old.id is null then
        return staff and new.named_by is null and case
            when new.partner_id is not null then new.membership_id is null
            else exists (select 1 from membership m where m.agency_id = new.agency_id and m.id = new.membership_id and m.state = 'active'
                and m.partner_id is null) end;
    end if;
    if old.ended_on is not null then
        return false;
    end if;
    if staff then
        return to_jsonb(new) - 'ended_on' = to_jsonb(old) - 'ended_on' and new.ended_on is not null;
    end if;
    return old.partner_id is not null and speaks_for(old.partner_id)
        and to_jsonb(new) - array['membership_id', 'mandate', 'named_by', 'named_at']
            = to_jsonb(old) - array['membership_id', 'mandate', 'named_by', 'named_at']
        and new.named_by = current_membership()
        and exists (select 1 from membership m where m.agency_id = new.agency_id and m.id = new.membership_id and m.state = 'active'
            and m.partner_id is not null and standing_of(m.partner_id) = standing_of(old.partner_id));
end $$;
create policy term_insert on seat_term as restrictive for insert to app_login with check (term_may_be(seat_term));
create policy term_update on seat_term as restrictive for update to app_login using (true) with check (term_may_be(seat_term));

-- Whether a member sits in a group on a day: in their own name, or for the body they belong to.
create function sits_in(of_group uuid, today date) returns boolean language sql stable as $$
    select exists (select 1 from seat_term t where t.agency_id = current_agency() and t.group_id = of_group and t.ended_on is null
        and t.from_on <= today and (t.until_on is null or t.until_on >= today)
        and (t.membership_id = current_membership() or t.partner_id = current_body()))
$$;
