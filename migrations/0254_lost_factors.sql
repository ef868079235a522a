-- Somebody who has lost every second factor, and has no code on paper left: an administrator asks, and a second person confirms, of a
-- body's people one of its stewards. Neither is one and the same, under whatever hat.
create table lost_factors (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    membership_id uuid not null,
    asked_by uuid not null,
    asked_at timestamptz not null,
    confirmed_by uuid,
    confirmed_at timestamptz,
    ended_at timestamptz,
    primary key (agency_id, id),
    foreign key (agency_id, membership_id) references membership (agency_id, id),
    foreign key (agency_id, asked_by) references membership (agency_id, id),
    foreign key (agency_id, confirmed_by) references membership (agency_id, id)
);
create unique index lost_factors_open on lost_factors (agency_id, membership_id) where confirmed_at is null and ended_at is null;
select keep_within_agency('lost_factors', 'select, insert');
grant update (confirmed_by, confirmed_at, ended_at) on lost_factors to app_login;

-- Whether these are accounts of two different persons.
create function are_two_persons(one uuid, other uuid) returns boolean language sql stable as $$
    select exists (select from membership a join membership b on b.agency_id = a.agency_id
        where a.agency_id = current_agency() and a.id = one and b.id = other and a.account_id <> b.account_id)
$$;

-- Whoever confirms was here a week before it was asked: nobody invites a second self to say yes.
create function lost_factors_may_be_confirmed(member uuid, asker uuid, asked timestamptz) returns boolean language sql stable as $$
    select are_two_persons(asker, current_membership()) and are_two_persons(member, current_membership()) and are_two_persons(member, asker)
        and exists (select from membership m join membership me on me.agency_id = m.agency_id and me.id = current_membership()
            where m.agency_id = current_agency() and m.id = member and m.state = 'active' and me.state = 'active'
                and me.created_at <= asked - interval '7 days'
                and case when m.partner_id is null then current_hat() in ('director', 'administrator')
                    else me.steward and me.partner_id = m.partner_id end)
$$;

select keep_to_audience('lost_factors', '((select current_hat()) in (''director'', ''administrator'') or membership_id = (select current_membership()) '
    'or exists (select 1 from membership m where m.agency_id = lost_factors.agency_id and m.id = lost_factors.membership_id '
    'and m.partner_id is not null and m.partner_id = (select current_body())))');
create policy asked on lost_factors as restrictive for insert to app_login with check (
    (select current_hat()) = 'administrator' and asked_by = (select current_membership()) and confirmed_at is null
    and are_two_persons(membership_id, asked_by));
create policy confirmed on lost_factors as restrictive for update to app_login using (confirmed_at is null)
    with check (confirmed_at is null or (confirmed_by = (select current_membership()) and lost_factors_may_be_confirmed(membership_id, asked_by, asked_at)));
